<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>CanvasView</name>
    <message>
        <source>Add %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text is no YAML: mend it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Delete %n thing(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lay out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the members of the group first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select what is to be in the domain first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put into domain %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select two or more components to link: all are linked to the first device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A service goes from a client through groups: draw a client and a group first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add service %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChartView</name>
    <message>
        <source>Save chart or data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save chart or data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pictures are written as .png, .svg or .pdf</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downtime a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outages a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lost writes a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed requests a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Availability, as the runs come in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>downtime a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run is done yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estimate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 after %2 runs; the band is the %3 interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>objective</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downtime of a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No downtime was seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>runs with downtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of runs have none; one in 20 has more than %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long outages last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>length of an outage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outages that last longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No outage was seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 outages a year; half longer than %2, one in 20 than %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recovery objective</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What took it down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of downtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by the fault that began each outage; the line adds them up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>added up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledged writes that were lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost writes of one loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>losses that are larger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 writes a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here acknowledges writes that are counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No acknowledged write was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it never comes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean %1, half within %2, 95 % within %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>density</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hazard rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>difference from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The designs have no such measure in common.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left of zero is less than in %1; the bars are intervals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downtime a year of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Add the open one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add from the library…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>runs of 1 year each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Designs; the first is compared with the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>design</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what that means</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topologies (*.yaml *.yml *.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add from the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topology:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has problems: open it to see them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (the others are compared with it)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two designs or more are compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All designs had the same luck: whatever is called alike failed at the same times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two designs or more, side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>downtime a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outages a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost writes a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed requests a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too few runs differ to tell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may be chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less, surely</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more, surely</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; common luck stands for %1 times the runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>untitled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LessonPanel</name>
    <message>
        <source>End lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not quite: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show single points of failure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fail it and watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare the two</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Lessons</name>
    <message>
        <source>1. One server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a nine is, and what one machine can promise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One machine, nothing behind it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Users talk to one server. Its software crashes about every two months and is back in minutes; its hardware fails every few years and takes hours.&lt;/p&gt;&lt;p&gt;Look at it on the canvas. Select the server and read its failure modes in the properties.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens without it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;A component whose failure alone takes the service down is a &lt;b&gt;single point of failure&lt;/b&gt;, a SPOF.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which components here are single points of failure?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;The server is lit up. No care in operation changes that: its availability is MTTF / (MTTF + MTTR), for each way in which it fails.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many nines?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;99 % available is two nines, 99.9 % is three. Three nines allow 8 hours and 46 minutes of downtime a year.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much downtime do you expect in a year?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about 5 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about 3 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about 3 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;The runs say &lt;b&gt;{downtime}&lt;/b&gt; a year, {nines} nines. Now look at the histogram: most years have far less, a few have a day. The mean is made by rare, long repairs of hardware, although software fails far more often. See it in &lt;i&gt;What took it down&lt;/i&gt;.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2. The load balancer, a new SPOF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redundancy moves the weak point before it removes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two servers behind one balancer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;The server is doubled now: one is enough. In front of the two stands a load balancer.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many single points of failure are left?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: the servers are redundant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one: the load balancer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>three</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;What took the service down has changed its name. Every request still passes one machine.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Was it worth it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;The balancer is an appliance that fails every five years and is replaced within a working day.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared with one server, the downtime is now…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>half of it, or less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;The difference is &lt;b&gt;{difference}&lt;/b&gt; a year. Outages became rarer, since an appliance fails less often than software, but each is longer: it must be replaced. A second balancer is the next step: see the topology &lt;i&gt;haproxy-keepalived&lt;/i&gt; in the gallery.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3. What a second rack buys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Things that share a fate are not redundant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Two racks, two of every device. But both racks hang on one power feed. The areas on the canvas are &lt;b&gt;failure domains&lt;/b&gt;: what is in one shares its fate.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is the single point of failure?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is none, everything is doubled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the power feed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the databases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;One feed under two racks makes one rack of them. Such common causes are what drawings of redundant systems forget.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch it go dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;In playback the power feed is failed by hand. Violet components are &lt;b&gt;masked&lt;/b&gt;: not broken themselves, but without power.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Click the power feed with the right button and repair it. The servers do not come back at once: they restart.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second feed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;One key changes, &lt;tt&gt;needs_any&lt;/tt&gt;: each rack needs any of two feeds.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many more nines does the second feed bring?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two or more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Downtime changes by &lt;b&gt;{difference}&lt;/b&gt; a year. Both designs had the same luck: whatever is called alike failed at the same times, so that only the feed makes the difference.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4. Detection time against false failover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quick to notice is quick to be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A failover, in slow motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Two servers, one serves. A health check asks every second. Watch what follows when the active one is killed: &lt;b&gt;detection&lt;/b&gt;, then &lt;b&gt;takeover&lt;/b&gt;. Both together are the outage.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Step with the keys . and , and read the events. Three checks in a row must fail before anybody acts.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why wait for three?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;An eager check acts on the first failed check, and notices two seconds earlier. Of a million checks three fail though the server is well.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which has less downtime?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the eager check: it is quicker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the patient check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it makes no difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Waiting changes the downtime by &lt;b&gt;{difference}&lt;/b&gt; a year. The eager check wins two seconds on half a dozen real failures a year, and pays ten seconds for each of some ninety false alarms.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5. Synchronous against asynchronous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time or data: what a copy in another place costs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledged, and lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;A database with a copy 60 ms away. Asynchronous: a write is acknowledged as soon as the primary has it, and sent a little later. The dashed arrow is the replication stream.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The primary dies and the copy takes over. What happens to the writes of the last 300 ms?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>they arrive later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>they are lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Read the counter of lost writes. Users were told &quot;done&quot; for each of them.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then wait for the copy?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Synchronous: a write is acknowledged when both have it. Nothing is ever lost.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What does it cost?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>60 ms for each write, and no writes while either is down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Downtime changes by &lt;b&gt;{difference}&lt;/b&gt; a year: writes stop whenever one of the two is down. Lost writes change by {lost}. Most products let you choose in between; see &lt;i&gt;mysql-semi-synchronous&lt;/i&gt;.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>6. Split brain and quorum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may serve when nobody can be asked?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The trunk is cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Two servers in two rooms send each other heartbeats over one trunk. Each takes over when the other is silent.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both servers live, only the trunk between them is cut. Who serves?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the one that served before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Silence does not tell death from distance. Both are active, and what is written on the one is not on the other: a &lt;b&gt;split brain&lt;/b&gt;. Availability looks fine meanwhile.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A majority decides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;With three members two are a majority, and there cannot be two majorities. Whoever is alone stops.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Without its leader the group elects another, in about a second. A lost follower is not even noticed. Fail a second member: nothing is written until one is back.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Would five be better?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Of five members two may be lost.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Are there fewer elections with five members?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Downtime changes by &lt;b&gt;{difference}&lt;/b&gt; a year: double faults no longer matter. But outages are as many as before, since it is always one leader that fails, and each write waits for one more answer.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LessonsPage</name>
    <message>
        <source>Guided lessons: predict, run, explain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gallery of the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it teaches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;p&gt;Choose a topology to read what it teaches; Enter opens it.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Unsaved changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has changes that are not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Design</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Properties</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Structure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>problem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in or with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline: everything there is, as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas; the outline has the same as a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts: drag them onto the canvas, or press Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a topology</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topologies (*.yaml *.yml *.json);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the topology</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topologies (*.yaml)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the &amp;drawing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save all &amp;charts and their data…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save all &amp;figures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no result yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save all figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data (*.csv);;JSON (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Print the drawing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rename… (F2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw &amp;links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw replication &amp;streams</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lin&amp;k what is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Group what is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put into a &amp;domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a s&amp;ervice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align &amp;left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align &amp;right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align &amp;top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Align &amp;bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a ro&amp;w</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a &amp;column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lay out anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Design</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lessons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Outline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play&amp;back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Structure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;roperties</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause or go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solve &amp;exactly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find single points of &amp;failure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Begin or end playback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;lay or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On to the &amp;next event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back by one event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the &amp;comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About nines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group &amp;as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;lign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a topology that was never saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program ended without saving %1, of %2. Take it back?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>component</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About nines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many nines will it have? A simulator of high-availability topologies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The front end is under the GPL 3, as Qt Charts is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlaybackPanel</name>
    <message>
        <source>End playback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin playback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an outage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next run in which a service goes down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>skip quiet times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back by one event (,)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back by one event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On to the next event (.)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On to the next event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be made to fail.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waits for a crew, or has not failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no link to cut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut it, until it is repaired by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fail it, until it is repaired by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fail: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repair it now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut off: all links that leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Partition from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for an outage…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A hundred thousand years have no outage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run %1: a service goes down after %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch one run: a click with the right button fails, repairs and cuts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standby</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out of view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 writes behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 of %2 requests a second served</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost writes: &lt;b&gt;%1&lt;/b&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wait in %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PropertySheet</name>
    <message>
        <source>Take out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Properties</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the key means</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+ add %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topology</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>written as %1, for %n alike</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Take out %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a row to read what it means.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by default %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>&amp;Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>see&amp;d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solve &amp;exactly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>high</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>simulated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>within the interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Markov chain of the same model is solved…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not solved: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no horizon: write 1y, 90d or 12h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go o&amp;n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compiling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped after %1 of %2 runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused at %1 runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 runs, %2 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nines&lt;br/&gt;Press Start to simulate the topology.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nines, %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nines at least</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>downtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none was seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one year in 20 above %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>half shorter than %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>served</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failovers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 a year of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost writes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; a year of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>availability %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no outage longer than %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no loss above %1 writes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no loss further back than %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: met in %2 of runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The topology has changed since: start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unavailability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>outages a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed requests a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 states, in the long run. A simulation from new until a horizon differs by its beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no result yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for charts and data</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Saved %n chart(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Save charts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>{} has restarted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} acknowledged writes of {} are lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} sessions of {} are lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service {} is down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service {} is available again, after {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}: one is active again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}: two are active, split brain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} fails: {}, made to fail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} fails: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is repaired ({}) and restarts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is repaired ({})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} leads {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is active in {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} leads {}, {} after {} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is active in {}, {} after {} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} no longer leads {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} gives up its role in {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is switched off by {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} misses {}, {} after it failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} takes {} in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} takes {} in again, after {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} takes {} out, though it is up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} takes {} out, {} after it failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>degraded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restarting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StructurePanel</name>
    <message>
        <source>Find single points of failure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Single points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut sets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is shown on the canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Single points of failure and cut sets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What fails alone or together and takes the service down, from the drawing alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>component</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of downtime with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nines gained if doubled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>single point of failure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unavailable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without it %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>how many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No single point of failure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n single point(s) of failure.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 nines, if failovers took no time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not looked at: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No importance: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SPOF</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>µs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d%1 %2:%3:%4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day %1  %2:%3:%4</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>YamlEditor</name>
    <message>
        <source>Text of the topology, in YAML</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

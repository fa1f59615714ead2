#include "gui/lessons/lessons.hpp"

#include <QCoreApplication>

namespace nines::gui {
namespace {

struct Lessons {
  Q_DECLARE_TR_FUNCTIONS(Lessons)
};

Lesson one_server() {
  Lesson l;
  l.key = "one-server";
  l.title = Lessons::tr("1. One server");
  l.about = Lessons::tr("What a nine is, and what one machine can promise.");
  LessonStep open;
  open.title = Lessons::tr("One machine, nothing behind it");
  open.html = Lessons::tr(
      "<p>Users talk to one server. Its software crashes about every two months and is back in "
      "minutes; its hardware fails every few years and takes hours.</p><p>Look at it on the "
      "canvas. Select the server and read its failure modes in the properties.</p>");
  open.deed = Deed::open;
  open.topology = "one-server";
  LessonStep spof;
  spof.title = Lessons::tr("What happens without it?");
  spof.html = Lessons::tr(
      "<p>A component whose failure alone takes the service down is a "
      "<b>single point of failure</b>, a SPOF.</p>");
  spof.question = Lessons::tr("Which components here are single points of failure?");
  spof.answers = {Lessons::tr("none"), Lessons::tr("the server"), Lessons::tr("the users")};
  spof.right = 1;
  spof.deed = Deed::spofs;
  spof.topology = "one-server";
  spof.explanation = Lessons::tr(
      "<p>The server is lit up. No care in operation changes that: its availability is MTTF / "
      "(MTTF + MTTR), for each way in which it fails.</p>");
  LessonStep run;
  run.title = Lessons::tr("How many nines?");
  run.html = Lessons::tr(
      "<p>99 % available is two nines, 99.9 % is three. Three nines allow 8 "
      "hours and 46 minutes of downtime a year.</p>");
  run.question = Lessons::tr("How much downtime do you expect in a year?");
  run.answers = {Lessons::tr("about 5 minutes"), Lessons::tr("about 3 hours"),
                 Lessons::tr("about 3 days")};
  run.right = 1;
  run.deed = Deed::run;
  run.topology = "one-server";
  run.explanation = Lessons::tr(
      "<p>The runs say <b>{downtime}</b> a year, {nines} nines. Now look at the histogram: most "
      "years have far less, a few have a day. The mean is made by rare, long repairs of "
      "hardware, although software fails far more often. See it in <i>What took it "
      "down</i>.</p>");
  l.steps = {open, spof, run};
  return l;
}

Lesson moved_spof() {
  Lesson l;
  l.key = "moved-spof";
  l.title = Lessons::tr("2. The load balancer, a new SPOF");
  l.about = Lessons::tr("Redundancy moves the weak point before it removes it.");
  LessonStep open;
  open.title = Lessons::tr("Two servers behind one balancer");
  open.html = Lessons::tr(
      "<p>The server is doubled now: one is enough. In front of the two stands "
      "a load balancer.</p>");
  open.question = Lessons::tr("How many single points of failure are left?");
  open.answers = {Lessons::tr("none: the servers are redundant"),
                  Lessons::tr("one: the load balancer"), Lessons::tr("three")};
  open.right = 1;
  open.deed = Deed::spofs;
  open.topology = "spof-moved";
  open.explanation = Lessons::tr(
      "<p>What took the service down has changed its name. Every "
      "request still passes one machine.</p>");
  LessonStep run;
  run.title = Lessons::tr("Was it worth it?");
  run.html = Lessons::tr(
      "<p>The balancer is an appliance that fails every five years and is "
      "replaced within a working day.</p>");
  run.question = Lessons::tr("Compared with one server, the downtime is now…");
  run.answers = {Lessons::tr("half of it, or less"), Lessons::tr("the same"), Lessons::tr("more")};
  run.right = 0;
  run.deed = Deed::compare;
  run.topology = "one-server";
  run.other = "spof-moved";
  run.explanation = Lessons::tr(
      "<p>The difference is <b>{difference}</b> a year. Outages became rarer, since an appliance "
      "fails less often than software, but each is longer: it must be replaced. A second balancer "
      "is the next step: see the topology <i>haproxy-keepalived</i> in the gallery.</p>");
  l.steps = {open, run};
  return l;
}

Lesson racks() {
  Lesson l;
  l.key = "racks";
  l.title = Lessons::tr("3. What a second rack buys");
  l.about = Lessons::tr("Things that share a fate are not redundant.");
  LessonStep open;
  open.title = Lessons::tr("Everything twice");
  open.html = Lessons::tr(
      "<p>Two racks, two of every device. But both racks hang on one power feed. The areas on the "
      "canvas are <b>failure domains</b>: what is in one shares its fate.</p>");
  open.question = Lessons::tr("What is the single point of failure?");
  open.answers = {Lessons::tr("there is none, everything is doubled"),
                  Lessons::tr("the power feed"), Lessons::tr("the databases")};
  open.right = 1;
  open.deed = Deed::spofs;
  open.topology = "two-racks-shared-power";
  open.explanation = Lessons::tr(
      "<p>One feed under two racks makes one rack of them. Such common "
      "causes are what drawings of redundant systems forget.</p>");
  LessonStep watch;
  watch.title = Lessons::tr("Watch it go dark");
  watch.html = Lessons::tr(
      "<p>In playback the power feed is failed by hand. Violet components are "
      "<b>masked</b>: not broken themselves, but without power.</p>");
  watch.deed = Deed::fail;
  watch.topology = "two-racks-shared-power";
  watch.who = "domain:feed";
  watch.explanation = Lessons::tr(
      "<p>Click the power feed with the right button and repair it. The "
      "servers do not come back at once: they restart.</p>");
  LessonStep compare;
  compare.title = Lessons::tr("A second feed");
  compare.html = Lessons::tr(
      "<p>One key changes, <tt>needs_any</tt>: each rack needs any of two "
      "feeds.</p>");
  compare.question = Lessons::tr("How many more nines does the second feed bring?");
  compare.answers = {Lessons::tr("less than one"), Lessons::tr("two or more")};
  compare.right = 1;
  compare.deed = Deed::compare;
  compare.topology = "two-racks-shared-power";
  compare.other = "two-racks-dual-feeds";
  compare.explanation = Lessons::tr(
      "<p>Downtime changes by <b>{difference}</b> a year. Both designs had the same luck: whatever "
      "is called alike failed at the same times, so that only the feed makes the difference.</p>");
  l.steps = {open, watch, compare};
  return l;
}

Lesson detection() {
  Lesson l;
  l.key = "detection";
  l.title = Lessons::tr("4. Detection time against false failover");
  l.about = Lessons::tr("Quick to notice is quick to be wrong.");
  LessonStep watch;
  watch.title = Lessons::tr("A failover, in slow motion");
  watch.html = Lessons::tr(
      "<p>Two servers, one serves. A health check asks every second. Watch what follows when the "
      "active one is killed: <b>detection</b>, then <b>takeover</b>. Both together are the "
      "outage.</p>");
  watch.deed = Deed::fail;
  watch.topology = "checks-patient";
  watch.who = "web-1";
  watch.explanation = Lessons::tr(
      "<p>Step with the keys . and , and read the events. Three checks "
      "in a row must fail before anybody acts.</p>");
  LessonStep compare;
  compare.title = Lessons::tr("Why wait for three?");
  compare.html = Lessons::tr(
      "<p>An eager check acts on the first failed check, and notices two "
      "seconds earlier. Of a million checks three fail though the server is "
      "well.</p>");
  compare.question = Lessons::tr("Which has less downtime?");
  compare.answers = {Lessons::tr("the eager check: it is quicker"),
                     Lessons::tr("the patient check"), Lessons::tr("it makes no difference")};
  compare.right = 1;
  compare.deed = Deed::compare;
  compare.topology = "checks-hasty";
  compare.other = "checks-patient";
  compare.explanation = Lessons::tr(
      "<p>Waiting changes the downtime by <b>{difference}</b> a year. The eager check wins two "
      "seconds on half a dozen real failures a year, and pays ten seconds for each of some ninety "
      "false alarms.</p>");
  l.steps = {watch, compare};
  return l;
}

Lesson copies() {
  Lesson l;
  l.key = "copies";
  l.title = Lessons::tr("5. Synchronous against asynchronous");
  l.about = Lessons::tr("Time or data: what a copy in another place costs.");
  LessonStep watch;
  watch.title = Lessons::tr("Acknowledged, and lost");
  watch.html = Lessons::tr(
      "<p>A database with a copy 60 ms away. Asynchronous: a write is acknowledged as soon as the "
      "primary has it, and sent a little later. The dashed arrow is the replication "
      "stream.</p>");
  watch.question = Lessons::tr(
      "The primary dies and the copy takes over. What happens to the "
      "writes of the last 300 ms?");
  watch.answers = {Lessons::tr("they arrive later"), Lessons::tr("they are lost")};
  watch.right = 1;
  watch.deed = Deed::fail;
  watch.topology = "two-sites-asynchronous";
  watch.who = "db-1";
  watch.explanation = Lessons::tr(
      "<p>Read the counter of lost writes. Users were told \"done\" for "
      "each of them.</p>");
  LessonStep compare;
  compare.title = Lessons::tr("Then wait for the copy?");
  compare.html = Lessons::tr(
      "<p>Synchronous: a write is acknowledged when both have it. Nothing is "
      "ever lost.</p>");
  compare.question = Lessons::tr("What does it cost?");
  compare.answers = {Lessons::tr("nothing"),
                     Lessons::tr("60 ms for each write, and no writes while either is down")};
  compare.right = 1;
  compare.deed = Deed::compare;
  compare.topology = "two-sites-asynchronous";
  compare.other = "two-sites-synchronous";
  compare.explanation = Lessons::tr(
      "<p>Downtime changes by <b>{difference}</b> a year: writes stop whenever one of the two is "
      "down. Lost writes change by {lost}. Most products let you choose in between; see "
      "<i>mysql-semi-synchronous</i>.</p>");
  l.steps = {watch, compare};
  return l;
}

Lesson quorum() {
  Lesson l;
  l.key = "quorum";
  l.title = Lessons::tr("6. Split brain and quorum");
  l.about = Lessons::tr("Who may serve when nobody can be asked?");
  LessonStep split;
  split.title = Lessons::tr("The trunk is cut");
  split.html = Lessons::tr(
      "<p>Two servers in two rooms send each other heartbeats over one trunk. Each takes over when "
      "the other is silent.</p>");
  split.question = Lessons::tr(
      "Both servers live, only the trunk between them is cut. Who "
      "serves?");
  split.answers = {Lessons::tr("the one that served before"), Lessons::tr("nobody"),
                   Lessons::tr("both")};
  split.right = 2;
  split.deed = Deed::fail;
  split.topology = "split-brain";
  split.who = "trunk";
  split.explanation = Lessons::tr(
      "<p>Silence does not tell death from distance. Both are active, and what is written on the "
      "one is not on the other: a <b>split brain</b>. Availability looks fine meanwhile.</p>");
  LessonStep quorum;
  quorum.title = Lessons::tr("A majority decides");
  quorum.html = Lessons::tr(
      "<p>With three members two are a majority, and there cannot be two majorities. Whoever is "
      "alone stops.</p>");
  quorum.deed = Deed::fail;
  quorum.topology = "etcd-three";
  quorum.who = "etcd-1";
  quorum.explanation = Lessons::tr(
      "<p>Without its leader the group elects another, in about a second. A lost follower is not "
      "even noticed. Fail a second member: nothing is written until one is back.</p>");
  LessonStep five;
  five.title = Lessons::tr("Would five be better?");
  five.html = Lessons::tr("<p>Of five members two may be lost.</p>");
  five.question = Lessons::tr("Are there fewer elections with five members?");
  five.answers = {Lessons::tr("yes"), Lessons::tr("no")};
  five.right = 1;
  five.deed = Deed::compare;
  five.topology = "etcd-three";
  five.other = "etcd-five";
  five.explanation = Lessons::tr(
      "<p>Downtime changes by <b>{difference}</b> a year: double faults no longer matter. But "
      "outages are as many as before, since it is always one leader that fails, and each write "
      "waits for one more answer.</p>");
  l.steps = {split, quorum, five};
  return l;
}

}  // namespace

std::vector<Lesson> lessons() {
  return {one_server(), moved_spof(), racks(), detection(), copies(), quorum()};
}

}  // namespace nines::gui

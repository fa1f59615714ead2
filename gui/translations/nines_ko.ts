<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>Charts</name>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation>그림 (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>pictures are written as .png, .svg or .pdf</source>
        <translation>그림은 .png, .svg, .pdf로 저장합니다</translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation>쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Downtime a year</source>
        <translation>연간 중단 시간</translation>
    </message>
    <message>
        <source>Outages a year</source>
        <translation>연간 장애 횟수</translation>
    </message>
    <message>
        <source>Lost writes a year</source>
        <translation>연간 유실된 쓰기</translation>
    </message>
    <message>
        <source>Failed requests a year</source>
        <translation>연간 실패한 요청</translation>
    </message>
    <message>
        <source>Availability, as the runs come in</source>
        <translation>실행이 쌓이면서 수렴하는 가용성</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>실행 횟수</translation>
    </message>
    <message>
        <source>downtime a year</source>
        <translation>연간 중단 시간</translation>
    </message>
    <message>
        <source>No run is done yet.</source>
        <translation>아직 끝난 실행이 없습니다.</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>추정값</translation>
    </message>
    <message>
        <source>%1 after %2 runs; the band is the %3 interval</source>
        <translation>%2회 실행 뒤 %1, 띠는 %3 신뢰 구간</translation>
    </message>
    <message>
        <source>objective</source>
        <translation>목표</translation>
    </message>
    <message>
        <source>Downtime of a year</source>
        <translation>한 해의 중단 시간</translation>
    </message>
    <message>
        <source>share of runs</source>
        <translation>실행의 비율</translation>
    </message>
    <message>
        <source>No downtime was seen.</source>
        <translation>중단이 관찰되지 않았습니다.</translation>
    </message>
    <message>
        <source>runs with downtime</source>
        <translation>중단이 있는 실행</translation>
    </message>
    <message>
        <source>%1 of runs have none; one in 20 has more than %2</source>
        <translation>실행의 %1은 중단이 없고, 20번에 한 번은 %2을 넘습니다</translation>
    </message>
    <message>
        <source>How long outages last</source>
        <translation>장애가 얼마나 오래 가는가</translation>
    </message>
    <message>
        <source>length of an outage</source>
        <translation>장애의 길이</translation>
    </message>
    <message>
        <source>outages that last longer</source>
        <translation>더 오래 가는 장애</translation>
    </message>
    <message>
        <source>No outage was seen.</source>
        <translation>장애가 관찰되지 않았습니다.</translation>
    </message>
    <message>
        <source>%1 outages a year; half longer than %2, one in 20 than %3</source>
        <translation>연간 장애 %1회, 절반은 %2보다, 20번에 한 번은 %3보다 깁니다</translation>
    </message>
    <message>
        <source>recovery objective</source>
        <translation>복구 목표</translation>
    </message>
    <message>
        <source>What took it down</source>
        <translation>무엇이 중단시켰는가</translation>
    </message>
    <message>
        <source>share of downtime</source>
        <translation>중단 시간의 비율</translation>
    </message>
    <message>
        <source>by the fault that began each outage; the line adds them up</source>
        <translation>각 장애를 일으킨 고장별 비율, 선은 누적</translation>
    </message>
    <message>
        <source>added up</source>
        <translation>누적</translation>
    </message>
    <message>
        <source>cause</source>
        <translation>원인</translation>
    </message>
    <message>
        <source>Acknowledged writes that were lost</source>
        <translation>승인된 뒤 유실된 쓰기</translation>
    </message>
    <message>
        <source>lost writes of one loss</source>
        <translation>한 번에 유실된 쓰기</translation>
    </message>
    <message>
        <source>losses that are larger</source>
        <translation>더 큰 유실</translation>
    </message>
    <message>
        <source>%1 writes a year</source>
        <translation>연간 쓰기 %1건</translation>
    </message>
    <message>
        <source>Nothing here acknowledges writes that are counted.</source>
        <translation>여기에는 셀 수 있는 쓰기를 승인하는 것이 없습니다.</translation>
    </message>
    <message>
        <source>No acknowledged write was lost.</source>
        <translation>승인된 쓰기는 유실되지 않았습니다.</translation>
    </message>
    <message>
        <source>it never comes</source>
        <translation>결코 오지 않음</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>즉시</translation>
    </message>
    <message>
        <source>mean %1, half within %2, 95 % within %3</source>
        <translation>평균 %1, 절반은 %2 이내, 95 %는 %3 이내</translation>
    </message>
    <message>
        <source>density</source>
        <translation>밀도</translation>
    </message>
    <message>
        <source>hazard rate</source>
        <translation>위험률</translation>
    </message>
    <message>
        <source>difference from %1</source>
        <translation>%1과의 차이</translation>
    </message>
    <message>
        <source>The designs have no such measure in common.</source>
        <translation>설계들에 공통된 값이 아닙니다.</translation>
    </message>
    <message>
        <source>left of zero is less than in %1; the bars are intervals</source>
        <translation>0의 왼쪽은 %1보다 적다는 뜻, 막대는 신뢰 구간</translation>
    </message>
    <message>
        <source>Downtime a year of %1</source>
        <translation>%1의 연간 중단 시간</translation>
    </message>
    <message>
        <source>Cost a year</source>
        <translation>연간 비용</translation>
    </message>
    <message>
        <source>Cost against downtime</source>
        <translation>비용과 다운타임</translation>
    </message>
    <message>
        <source>the line is the Pareto front: nothing is both cheaper and more available, as far as the runs tell</source>
        <translation>선은 파레토 경계: 시뮬레이션이 말하는 한, 더 싸면서 가용성도 더 높은 설계는 없습니다</translation>
    </message>
    <message>
        <source>%1 a year</source>
        <translation>연간 %1</translation>
    </message>
    <message>
        <source>What each factor does to the downtime</source>
        <translation>각 요인이 다운타임에 미치는 영향</translation>
    </message>
    <message>
        <source>one at a time, from the design as it is</source>
        <translation>지금 설계에서 한 번에 하나씩</translation>
    </message>
    <message>
        <source>downtime a year, more or less</source>
        <translation>연간 다운타임의 증감</translation>
    </message>
</context>
<context>
    <name>Lessons</name>
    <message>
        <source>1. One server</source>
        <translation>1. 서버 하나</translation>
    </message>
    <message>
        <source>What a nine is, and what one machine can promise.</source>
        <translation>나인(9)이란 무엇이고, 기계 한 대가 무엇을 약속할 수 있는가.</translation>
    </message>
    <message>
        <source>One machine, nothing behind it</source>
        <translation>기계 한 대, 뒤에는 아무것도 없음</translation>
    </message>
    <message>
        <source>&lt;p&gt;Users talk to one server. Its software crashes about every two months and is back in minutes; its hardware fails every few years and takes hours.&lt;/p&gt;&lt;p&gt;Look at it on the canvas. Select the server and read its failure modes in the properties.&lt;/p&gt;</source>
        <translation>&lt;p&gt;사용자들이 서버 한 대와 통신합니다. 소프트웨어는 두 달쯤마다 죽었다가 몇 분 만에 돌아오고, 하드웨어는 몇 년마다 고장 나 몇 시간이 걸립니다.&lt;/p&gt;&lt;p&gt;캔버스에서 살펴보세요. 서버를 선택하고 속성에서 고장 모드를 읽어 보세요.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>What happens without it?</source>
        <translation>그것이 없으면?</translation>
    </message>
    <message>
        <source>&lt;p&gt;A component whose failure alone takes the service down is a &lt;b&gt;single point of failure&lt;/b&gt;, a SPOF.&lt;/p&gt;</source>
        <translation>&lt;p&gt;혼자 고장 나도 서비스를 중단시키는 구성 요소를 &lt;b&gt;단일 장애점&lt;/b&gt;(SPOF)이라고 합니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Which components here are single points of failure?</source>
        <translation>여기서 단일 장애점은 무엇입니까?</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>서버</translation>
    </message>
    <message>
        <source>the users</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>&lt;p&gt;The server is lit up. No care in operation changes that: its availability is MTTF / (MTTF + MTTR), for each way in which it fails.&lt;/p&gt;</source>
        <translation>&lt;p&gt;서버에 불이 들어왔습니다. 아무리 조심해서 운영해도 바뀌지 않습니다. 고장 나는 방식마다 가용성은 MTTF / (MTTF + MTTR)입니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>How many nines?</source>
        <translation>나인은 몇 개?</translation>
    </message>
    <message>
        <source>&lt;p&gt;99 % available is two nines, 99.9 % is three. Three nines allow 8 hours and 46 minutes of downtime a year.&lt;/p&gt;</source>
        <translation>&lt;p&gt;가용성 99 %는 나인 둘, 99.9 %는 나인 셋입니다. 나인 셋은 한 해에 8시간 46분의 중단을 허용합니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>How much downtime do you expect in a year?</source>
        <translation>한 해에 중단이 얼마나 될까요?</translation>
    </message>
    <message>
        <source>about 5 minutes</source>
        <translation>5분쯤</translation>
    </message>
    <message>
        <source>about 3 hours</source>
        <translation>3시간쯤</translation>
    </message>
    <message>
        <source>about 3 days</source>
        <translation>3일쯤</translation>
    </message>
    <message>
        <source>&lt;p&gt;The runs say &lt;b&gt;{downtime}&lt;/b&gt; a year, {nines} nines. Now look at the histogram: most years have far less, a few have a day. The mean is made by rare, long repairs of hardware, although software fails far more often. See it in &lt;i&gt;What took it down&lt;/i&gt;.&lt;/p&gt;</source>
        <translation>&lt;p&gt;실행 결과는 연간 &lt;b&gt;{downtime}&lt;/b&gt;, 나인 {nines}개입니다. 히스토그램을 보세요. 대부분의 해는 훨씬 적고, 몇몇 해는 하루나 됩니다. 소프트웨어가 훨씬 자주 고장 나지만, 평균은 드물고 긴 하드웨어 수리가 만듭니다. &lt;i&gt;무엇이 중단시켰는가&lt;/i&gt;에서 확인하세요.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>2. The load balancer, a new SPOF</source>
        <translation>2. 로드 밸런서, 새로운 SPOF</translation>
    </message>
    <message>
        <source>Redundancy moves the weak point before it removes it.</source>
        <translation>이중화는 약점을 없애기 전에 먼저 옮긴다.</translation>
    </message>
    <message>
        <source>Two servers behind one balancer</source>
        <translation>로드 밸런서 하나 뒤의 서버 둘</translation>
    </message>
    <message>
        <source>&lt;p&gt;The server is doubled now: one is enough. In front of the two stands a load balancer.&lt;/p&gt;</source>
        <translation>&lt;p&gt;이제 서버가 둘이고, 하나면 충분합니다. 둘 앞에 로드 밸런서가 있습니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>How many single points of failure are left?</source>
        <translation>단일 장애점이 몇 개 남았습니까?</translation>
    </message>
    <message>
        <source>none: the servers are redundant</source>
        <translation>없음. 서버가 이중화되었으므로</translation>
    </message>
    <message>
        <source>one: the load balancer</source>
        <translation>하나. 로드 밸런서</translation>
    </message>
    <message>
        <source>three</source>
        <translation>셋</translation>
    </message>
    <message>
        <source>&lt;p&gt;What took the service down has changed its name. Every request still passes one machine.&lt;/p&gt;</source>
        <translation>&lt;p&gt;서비스를 중단시키는 것의 이름이 바뀌었을 뿐입니다. 모든 요청은 여전히 기계 한 대를 지납니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Was it worth it?</source>
        <translation>그만한 값어치가 있었는가?</translation>
    </message>
    <message>
        <source>&lt;p&gt;The balancer is an appliance that fails every five years and is replaced within a working day.&lt;/p&gt;</source>
        <translation>&lt;p&gt;로드 밸런서는 5년마다 고장 나고 하루 안에 교체되는 전용 장비입니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Compared with one server, the downtime is now…</source>
        <translation>서버 하나일 때에 견주어 중단 시간은 이제…</translation>
    </message>
    <message>
        <source>half of it, or less</source>
        <translation>절반 이하</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>more</source>
        <translation>더 많음</translation>
    </message>
    <message>
        <source>&lt;p&gt;The difference is &lt;b&gt;{difference}&lt;/b&gt; a year. Outages became rarer, since an appliance fails less often than software, but each is longer: it must be replaced. A second balancer is the next step: see the topology &lt;i&gt;haproxy-keepalived&lt;/i&gt; in the gallery.&lt;/p&gt;</source>
        <translation>&lt;p&gt;차이는 연간 &lt;b&gt;{difference}&lt;/b&gt;입니다. 전용 장비는 소프트웨어보다 드물게 고장 나므로 장애는 줄었지만, 교체해야 하므로 한 번이 더 깁니다. 다음 단계는 두 번째 로드 밸런서입니다. 갤러리의 &lt;i&gt;haproxy-keepalived&lt;/i&gt;를 보세요.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>3. What a second rack buys</source>
        <translation>3. 두 번째 랙이 주는 것</translation>
    </message>
    <message>
        <source>Things that share a fate are not redundant.</source>
        <translation>운명을 함께하는 것들은 이중화가 아니다.</translation>
    </message>
    <message>
        <source>Everything twice</source>
        <translation>모두 두 개씩</translation>
    </message>
    <message>
        <source>&lt;p&gt;Two racks, two of every device. But both racks hang on one power feed. The areas on the canvas are &lt;b&gt;failure domains&lt;/b&gt;: what is in one shares its fate.&lt;/p&gt;</source>
        <translation>&lt;p&gt;랙 둘, 모든 장비가 둘씩입니다. 그러나 두 랙이 전원 하나에 매달려 있습니다. 캔버스의 영역은 &lt;b&gt;장애 도메인&lt;/b&gt;이며, 그 안의 것들은 운명을 함께합니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>What is the single point of failure?</source>
        <translation>단일 장애점은 무엇입니까?</translation>
    </message>
    <message>
        <source>there is none, everything is doubled</source>
        <translation>모두 둘씩이므로 없음</translation>
    </message>
    <message>
        <source>the power feed</source>
        <translation>전원</translation>
    </message>
    <message>
        <source>the databases</source>
        <translation>데이터베이스</translation>
    </message>
    <message>
        <source>&lt;p&gt;One feed under two racks makes one rack of them. Such common causes are what drawings of redundant systems forget.&lt;/p&gt;</source>
        <translation>&lt;p&gt;두 랙 아래의 전원 하나는 두 랙을 하나로 만듭니다. 이중화 시스템의 그림이 잊는 것이 바로 이런 공통 원인입니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Watch it go dark</source>
        <translation>꺼지는 것을 지켜보기</translation>
    </message>
    <message>
        <source>&lt;p&gt;In playback the power feed is failed by hand. Violet components are &lt;b&gt;masked&lt;/b&gt;: not broken themselves, but without power.&lt;/p&gt;</source>
        <translation>&lt;p&gt;재생에서 전원을 손으로 고장 냅니다. 보라색 구성 요소는 &lt;b&gt;가려진&lt;/b&gt; 것으로, 스스로 고장 나지는 않았지만 전원이 없습니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Click the power feed with the right button and repair it. The servers do not come back at once: they restart.&lt;/p&gt;</source>
        <translation>&lt;p&gt;전원을 오른쪽 버튼으로 눌러 수리하세요. 서버들은 곧바로 돌아오지 않고 다시 시작합니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A second feed</source>
        <translation>두 번째 전원</translation>
    </message>
    <message>
        <source>&lt;p&gt;One key changes, &lt;tt&gt;needs_any&lt;/tt&gt;: each rack needs any of two feeds.&lt;/p&gt;</source>
        <translation>&lt;p&gt;키 하나 &lt;tt&gt;needs_any&lt;/tt&gt;만 바뀝니다. 각 랙은 두 전원 가운데 아무것이나 있으면 됩니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>How many more nines does the second feed bring?</source>
        <translation>두 번째 전원은 나인을 몇 개 더 줍니까?</translation>
    </message>
    <message>
        <source>less than one</source>
        <translation>하나 미만</translation>
    </message>
    <message>
        <source>two or more</source>
        <translation>둘 이상</translation>
    </message>
    <message>
        <source>&lt;p&gt;Downtime changes by &lt;b&gt;{difference}&lt;/b&gt; a year. Both designs had the same luck: whatever is called alike failed at the same times, so that only the feed makes the difference.&lt;/p&gt;</source>
        <translation>&lt;p&gt;중단 시간이 연간 &lt;b&gt;{difference}&lt;/b&gt; 달라집니다. 두 설계의 운은 같았습니다. 이름이 같은 것은 같은 때에 고장 났으므로 차이는 오직 전원에서 옵니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>4. Detection time against false failover</source>
        <translation>4. 감지 시간과 잘못된 장애 조치</translation>
    </message>
    <message>
        <source>Quick to notice is quick to be wrong.</source>
        <translation>빨리 알아채면 빨리 틀린다.</translation>
    </message>
    <message>
        <source>A failover, in slow motion</source>
        <translation>느린 화면으로 보는 장애 조치</translation>
    </message>
    <message>
        <source>&lt;p&gt;Two servers, one serves. A health check asks every second. Watch what follows when the active one is killed: &lt;b&gt;detection&lt;/b&gt;, then &lt;b&gt;takeover&lt;/b&gt;. Both together are the outage.&lt;/p&gt;</source>
        <translation>&lt;p&gt;서버 둘 가운데 하나가 서비스합니다. 상태 검사가 매초 묻습니다. 활성 서버를 죽이면 무엇이 뒤따르는지 보세요. &lt;b&gt;감지&lt;/b&gt;, 그다음 &lt;b&gt;인계&lt;/b&gt;입니다. 둘을 합한 것이 장애입니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Step with the keys . and , and read the events. Three checks in a row must fail before anybody acts.&lt;/p&gt;</source>
        <translation>&lt;p&gt;. 와 , 키로 한 단계씩 움직이며 사건을 읽으세요. 검사가 세 번 잇달아 실패해야 움직입니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Why wait for three?</source>
        <translation>왜 세 번이나 기다릴까?</translation>
    </message>
    <message>
        <source>&lt;p&gt;An eager check acts on the first failed check, and notices two seconds earlier. Of a million checks three fail though the server is well.&lt;/p&gt;</source>
        <translation>&lt;p&gt;성급한 검사는 첫 실패에 움직여 2초 먼저 알아챕니다. 그러나 서버가 멀쩡해도 백만 번 가운데 세 번은 검사가 실패합니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Which has less downtime?</source>
        <translation>어느 쪽의 중단이 적습니까?</translation>
    </message>
    <message>
        <source>the eager check: it is quicker</source>
        <translation>더 빠르므로 성급한 검사</translation>
    </message>
    <message>
        <source>the patient check</source>
        <translation>느긋한 검사</translation>
    </message>
    <message>
        <source>it makes no difference</source>
        <translation>차이가 없음</translation>
    </message>
    <message>
        <source>&lt;p&gt;Waiting changes the downtime by &lt;b&gt;{difference}&lt;/b&gt; a year. The eager check wins two seconds on half a dozen real failures a year, and pays ten seconds for each of some ninety false alarms.&lt;/p&gt;</source>
        <translation>&lt;p&gt;기다리면 중단 시간이 연간 &lt;b&gt;{difference}&lt;/b&gt; 달라집니다. 성급한 검사는 한 해 대여섯 번의 진짜 고장에서 2초씩 벌고, 아흔 번쯤의 거짓 경보마다 10초씩 잃습니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>5. Synchronous against asynchronous</source>
        <translation>5. 동기와 비동기</translation>
    </message>
    <message>
        <source>Time or data: what a copy in another place costs.</source>
        <translation>시간이냐 데이터냐: 다른 곳의 복사본이 치르는 값.</translation>
    </message>
    <message>
        <source>Acknowledged, and lost</source>
        <translation>승인되었으나 유실됨</translation>
    </message>
    <message>
        <source>&lt;p&gt;A database with a copy 60 ms away. Asynchronous: a write is acknowledged as soon as the primary has it, and sent a little later. The dashed arrow is the replication stream.&lt;/p&gt;</source>
        <translation>&lt;p&gt;60 ms 떨어진 곳에 복사본이 있는 데이터베이스입니다. 비동기에서는 프라이머리가 쓰기를 가지면 바로 승인하고 조금 뒤에 보냅니다. 점선 화살표가 복제 스트림입니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The primary dies and the copy takes over. What happens to the writes of the last 300 ms?</source>
        <translation>프라이머리가 죽고 복사본이 넘겨받습니다. 마지막 300 ms의 쓰기는 어떻게 됩니까?</translation>
    </message>
    <message>
        <source>they arrive later</source>
        <translation>나중에 도착한다</translation>
    </message>
    <message>
        <source>they are lost</source>
        <translation>유실된다</translation>
    </message>
    <message>
        <source>&lt;p&gt;Read the counter of lost writes. Users were told &quot;done&quot; for each of them.&lt;/p&gt;</source>
        <translation>&lt;p&gt;유실된 쓰기의 수를 읽으세요. 사용자는 그 하나하나에 대해 &quot;완료&quot;라는 말을 들었습니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Then wait for the copy?</source>
        <translation>그렇다면 복사본을 기다릴까?</translation>
    </message>
    <message>
        <source>&lt;p&gt;Synchronous: a write is acknowledged when both have it. Nothing is ever lost.&lt;/p&gt;</source>
        <translation>&lt;p&gt;동기에서는 둘 다 가져야 쓰기가 승인됩니다. 아무것도 유실되지 않습니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>What does it cost?</source>
        <translation>값은 무엇입니까?</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>60 ms for each write, and no writes while either is down</source>
        <translation>쓰기마다 60 ms, 그리고 하나라도 멈추면 쓰기 불가</translation>
    </message>
    <message>
        <source>&lt;p&gt;Downtime changes by &lt;b&gt;{difference}&lt;/b&gt; a year: writes stop whenever one of the two is down. Lost writes change by {lost}. Most products let you choose in between; see &lt;i&gt;mysql-semi-synchronous&lt;/i&gt;.&lt;/p&gt;</source>
        <translation>&lt;p&gt;중단 시간이 연간 &lt;b&gt;{difference}&lt;/b&gt; 달라집니다. 둘 중 하나라도 멈추면 쓰기가 멈추기 때문입니다. 유실된 쓰기는 {lost} 달라집니다. 대부분의 제품은 그 사이를 고를 수 있습니다. &lt;i&gt;mysql-semi-synchronous&lt;/i&gt;를 보세요.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>6. Split brain and quorum</source>
        <translation>6. 스플릿 브레인과 쿼럼</translation>
    </message>
    <message>
        <source>Who may serve when nobody can be asked?</source>
        <translation>아무에게도 물을 수 없을 때 누가 서비스해도 되는가?</translation>
    </message>
    <message>
        <source>The trunk is cut</source>
        <translation>트렁크가 끊어지다</translation>
    </message>
    <message>
        <source>&lt;p&gt;Two servers in two rooms send each other heartbeats over one trunk. Each takes over when the other is silent.&lt;/p&gt;</source>
        <translation>&lt;p&gt;두 방의 두 서버가 트렁크 하나로 하트비트를 주고받습니다. 상대가 조용하면 넘겨받습니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Both servers live, only the trunk between them is cut. Who serves?</source>
        <translation>두 서버는 살아 있고 사이의 트렁크만 끊어졌습니다. 누가 서비스합니까?</translation>
    </message>
    <message>
        <source>the one that served before</source>
        <translation>서비스하던 쪽</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>아무도</translation>
    </message>
    <message>
        <source>both</source>
        <translation>둘 다</translation>
    </message>
    <message>
        <source>&lt;p&gt;Silence does not tell death from distance. Both are active, and what is written on the one is not on the other: a &lt;b&gt;split brain&lt;/b&gt;. Availability looks fine meanwhile.&lt;/p&gt;</source>
        <translation>&lt;p&gt;침묵만으로는 죽음과 단절을 구별할 수 없습니다. 둘 다 활성이고, 한쪽에 쓴 것은 다른 쪽에 없습니다. &lt;b&gt;스플릿 브레인&lt;/b&gt;입니다. 그동안 가용성은 멀쩡해 보입니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A majority decides</source>
        <translation>다수가 결정한다</translation>
    </message>
    <message>
        <source>&lt;p&gt;With three members two are a majority, and there cannot be two majorities. Whoever is alone stops.&lt;/p&gt;</source>
        <translation>&lt;p&gt;구성원이 셋이면 둘이 다수이고, 다수가 둘일 수는 없습니다. 혼자 남은 쪽은 멈춥니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Without its leader the group elects another, in about a second. A lost follower is not even noticed. Fail a second member: nothing is written until one is back.&lt;/p&gt;</source>
        <translation>&lt;p&gt;리더를 잃으면 1초쯤 만에 다른 리더를 뽑습니다. 팔로어를 잃은 것은 알아채지도 못합니다. 구성원 하나를 더 고장 내 보세요. 하나가 돌아올 때까지 아무것도 쓸 수 없습니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Would five be better?</source>
        <translation>다섯이면 더 나을까?</translation>
    </message>
    <message>
        <source>&lt;p&gt;Of five members two may be lost.&lt;/p&gt;</source>
        <translation>&lt;p&gt;다섯 가운데 둘을 잃어도 됩니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Are there fewer elections with five members?</source>
        <translation>구성원이 다섯이면 선거가 줄어듭니까?</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>&lt;p&gt;Downtime changes by &lt;b&gt;{difference}&lt;/b&gt; a year: double faults no longer matter. But outages are as many as before, since it is always one leader that fails, and each write waits for one more answer.&lt;/p&gt;</source>
        <translation>&lt;p&gt;중단 시간이 연간 &lt;b&gt;{difference}&lt;/b&gt; 달라집니다. 이중 고장은 더는 문제가 아닙니다. 그러나 고장 나는 것은 언제나 리더 하나이므로 장애 횟수는 그대로이고, 쓰기마다 응답 하나를 더 기다립니다.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>{} has restarted</source>
        <translation>{}이(가) 다시 시작되었습니다</translation>
    </message>
    <message>
        <source>{} acknowledged writes of {} are lost</source>
        <translation>{2}의 승인된 쓰기 {1}건이 유실되었습니다</translation>
    </message>
    <message>
        <source>{} sessions of {} are lost</source>
        <translation>{2}의 세션 {1}개가 유실되었습니다</translation>
    </message>
    <message>
        <source>service {} is down</source>
        <translation>서비스 {} 중단</translation>
    </message>
    <message>
        <source>service {} is available again, after {}</source>
        <translation>서비스 {}이(가) {} 만에 다시 사용 가능합니다</translation>
    </message>
    <message>
        <source>{}: one is active again</source>
        <translation>{}: 다시 하나만 활성입니다</translation>
    </message>
    <message>
        <source>{}: two are active, split brain</source>
        <translation>{}: 둘이 활성, 스플릿 브레인</translation>
    </message>
    <message>
        <source>{} fails: {}, made to fail</source>
        <translation>{} 고장: {}, 다른 고장이 일으킴</translation>
    </message>
    <message>
        <source>{} fails: {}</source>
        <translation>{} 고장: {}</translation>
    </message>
    <message>
        <source>{} is repaired ({}) and restarts</source>
        <translation>{}이(가) 수리되어({}) 다시 시작합니다</translation>
    </message>
    <message>
        <source>{} is repaired ({})</source>
        <translation>{}이(가) 수리되었습니다({})</translation>
    </message>
    <message>
        <source>{} leads {}</source>
        <translation>{}이(가) {}의 리더입니다</translation>
    </message>
    <message>
        <source>{} is active in {}</source>
        <translation>{}이(가) {}에서 활성입니다</translation>
    </message>
    <message>
        <source>{} leads {}, {} after {} failed</source>
        <translation>{1}이(가) {4} 고장 {3} 만에 {2}의 리더가 됩니다</translation>
    </message>
    <message>
        <source>{} is active in {}, {} after {} failed</source>
        <translation>{1}이(가) {4} 고장 {3} 만에 {2}에서 활성이 됩니다</translation>
    </message>
    <message>
        <source>{} no longer leads {}</source>
        <translation>{}은(는) 더는 {}의 리더가 아닙니다</translation>
    </message>
    <message>
        <source>{} gives up its role in {}</source>
        <translation>{}이(가) {}에서 역할을 내놓습니다</translation>
    </message>
    <message>
        <source>{} is switched off by {}</source>
        <translation>{1}을(를) {2}이(가) 끕니다</translation>
    </message>
    <message>
        <source>{} misses {}, {} after it failed</source>
        <translation>{1}이(가) 고장 {3} 만에 {2}의 부재를 알아챕니다</translation>
    </message>
    <message>
        <source>{} takes {} in again</source>
        <translation>{}이(가) {}을(를) 다시 받아들입니다</translation>
    </message>
    <message>
        <source>{} takes {} in again, after {}</source>
        <translation>{}이(가) {}을(를) {} 만에 다시 받아들입니다</translation>
    </message>
    <message>
        <source>{} takes {} out, though it is up</source>
        <translation>{}이(가) 멀쩡한 {}을(를) 제외합니다</translation>
    </message>
    <message>
        <source>{} takes {} out, {} after it failed</source>
        <translation>{1}이(가) 고장 {3} 만에 {2}을(를) 제외합니다</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>손으로</translation>
    </message>
    <message>
        <source>up</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>성능 저하</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>기다림</translation>
    </message>
    <message>
        <source>restarting</source>
        <translation>다시 시작 중</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>가려짐</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>고장</translation>
    </message>
    <message>
        <source>takeover</source>
        <translation>인계</translation>
    </message>
    <message>
        <source>election</source>
        <translation>선거</translation>
    </message>
    <message>
        <source>majority</source>
        <translation>과반 없음</translation>
    </message>
    <message>
        <source>restore</source>
        <translation>복원</translation>
    </message>
    <message>
        <source>rebuild</source>
        <translation>재구성</translation>
    </message>
    <message>
        <source>recovery</source>
        <translation>복구</translation>
    </message>
    <message>
        <source>resync</source>
        <translation>재동기</translation>
    </message>
    <message>
        <source>newest copy</source>
        <translation>가장 새로운 복사본을 기다림</translation>
    </message>
    <message>
        <source>full</source>
        <translation>가득 참</translation>
    </message>
    <message>
        <source>start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>failback</source>
        <translation>원래대로</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>y</source>
        <translation>년</translation>
    </message>
    <message>
        <source>d</source>
        <translation>일</translation>
    </message>
    <message>
        <source>h</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>never</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>µs</source>
        <translation>µs</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>d%1 %2:%3:%4</source>
        <translation>%1일 %2:%3:%4</translation>
    </message>
    <message>
        <source>day %1  %2:%3:%4</source>
        <translation>%1일째  %2:%3:%4</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>a number and its unit</extracomment>
        <translation>%1%2</translation>
    </message>
</context>
<context>
    <name>nines::gui::CanvasView</name>
    <message>
        <source>Add %1</source>
        <translation>%1 추가</translation>
    </message>
    <message>
        <source>The text is no YAML: mend it first.</source>
        <translation>텍스트가 YAML이 아닙니다. 먼저 고치세요.</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 삭제</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n thing(s)</source>
        <translation>
            <numerusform>%n개 삭제</numerusform>
        </translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>복제</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>정렬</translation>
    </message>
    <message>
        <source>Lay out</source>
        <translation>자동 배치</translation>
    </message>
    <message>
        <source>Select the members of the group first.</source>
        <translation>먼저 그룹의 구성원을 선택하세요.</translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation>그룹 %1</translation>
    </message>
    <message>
        <source>Select what is to be in the domain first.</source>
        <translation>먼저 도메인에 넣을 것을 선택하세요.</translation>
    </message>
    <message>
        <source>Put into domain %1</source>
        <translation>도메인 %1에 넣기</translation>
    </message>
    <message>
        <source>Select two or more components to link: all are linked to the first device.</source>
        <translation>연결할 구성 요소를 둘 이상 선택하세요. 모두 첫 네트워크 장치에 연결됩니다.</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>A service goes from a client through groups: draw a client and a group first.</source>
        <translation>서비스는 클라이언트에서 그룹을 거쳐 갑니다. 먼저 클라이언트와 그룹을 그리세요.</translation>
    </message>
    <message>
        <source>Add service %1</source>
        <translation>서비스 %1 추가</translation>
    </message>
    <message>
        <source>Add stream</source>
        <translation>복제 스트림 추가</translation>
    </message>
    <message>
        <source>Link %1 to %2</source>
        <translation>%1과(와) %2 연결</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>잘라내기</translation>
    </message>
</context>
<context>
    <name>nines::gui::ChartView</name>
    <message>
        <source>Save chart or data…</source>
        <translation>차트나 데이터 저장…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>그림 복사</translation>
    </message>
    <message>
        <source>Copy data</source>
        <translation>데이터 복사</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>인쇄…</translation>
    </message>
    <message>
        <source>Save chart or data</source>
        <translation>차트나 데이터 저장</translation>
    </message>
    <message>
        <source>Data (*.csv)</source>
        <translation>데이터 (*.csv)</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>차트 저장</translation>
    </message>
</context>
<context>
    <name>nines::gui::ComparePage</name>
    <message>
        <source>Add the open one</source>
        <translation>열린 것 추가</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>파일 추가…</translation>
    </message>
    <message>
        <source>Add from the library…</source>
        <translation>라이브러리에서 추가…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>runs of 1 year each</source>
        <translation>1년짜리 실행 횟수</translation>
    </message>
    <message>
        <source>Number of runs</source>
        <translation>실행 횟수</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Designs; the first is compared with the others</source>
        <translation>설계 목록. 첫째를 나머지와 비교합니다</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>design</source>
        <translation>설계</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>측정값</translation>
    </message>
    <message>
        <source>service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>first</source>
        <translation>첫째</translation>
    </message>
    <message>
        <source>this</source>
        <translation>이 설계</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>what that means</source>
        <translation>의미</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>파일 추가</translation>
    </message>
    <message>
        <source>Topologies (*.yaml *.yml *.json)</source>
        <translation>토폴로지 (*.yaml *.yml *.json)</translation>
    </message>
    <message>
        <source>Add from the library</source>
        <translation>라이브러리에서 추가</translation>
    </message>
    <message>
        <source>Topology:</source>
        <translation>토폴로지:</translation>
    </message>
    <message>
        <source>running…</source>
        <translation>실행 중…</translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation>토폴로지에 잘못이 있습니다. 문제 목록을 보세요.</translation>
    </message>
    <message>
        <source>%1 has problems: open it to see them.</source>
        <translation>%1에 문제가 있습니다. 열어서 확인하세요.</translation>
    </message>
    <message>
        <source>%1 (the others are compared with it)</source>
        <translation>%1 (나머지를 이것과 비교)</translation>
    </message>
    <message>
        <source>Two designs or more are compared.</source>
        <translation>둘 이상의 설계를 비교합니다.</translation>
    </message>
    <message>
        <source>%1 % done</source>
        <translation>%1 % 완료</translation>
    </message>
    <message>
        <source>All designs had the same luck: whatever is called alike failed at the same times.</source>
        <translation>모든 설계의 운은 같았습니다. 이름이 같은 것은 같은 때에 고장 났습니다.</translation>
    </message>
    <message>
        <source>Two designs or more, side by side</source>
        <translation>둘 이상의 설계를 나란히</translation>
    </message>
    <message>
        <source>downtime a year</source>
        <translation>연간 중단 시간</translation>
    </message>
    <message>
        <source>outages a year</source>
        <translation>연간 장애 횟수</translation>
    </message>
    <message>
        <source>lost writes a year</source>
        <translation>연간 유실된 쓰기</translation>
    </message>
    <message>
        <source>failed requests a year</source>
        <translation>연간 실패한 요청</translation>
    </message>
    <message>
        <source>too few runs differ to tell</source>
        <translation>다른 실행이 너무 적어 알 수 없음</translation>
    </message>
    <message>
        <source>may be chance</source>
        <translation>우연일 수 있음</translation>
    </message>
    <message>
        <source>less, surely</source>
        <translation>확실히 적음</translation>
    </message>
    <message>
        <source>more, surely</source>
        <translation>확실히 많음</translation>
    </message>
    <message>
        <source>; common luck stands for %1 times the runs</source>
        <translation>, 같은 운은 실행 %1배의 값어치</translation>
    </message>
</context>
<context>
    <name>nines::gui::Document</name>
    <message>
        <source>untitled</source>
        <translation>제목 없음</translation>
    </message>
    <message>
        <source>Typing</source>
        <translation>입력</translation>
    </message>
</context>
<context>
    <name>nines::gui::LessonPanel</name>
    <message>
        <source>End lesson</source>
        <translation>수업 끝내기</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>실행해 보기</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>수업</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>%2단계 중 %1단계</translation>
    </message>
    <message>
        <source>That is right.</source>
        <translation>맞습니다.</translation>
    </message>
    <message>
        <source>Not quite: %1.</source>
        <translation>아쉽습니다. 답: %1.</translation>
    </message>
    <message>
        <source>Show single points of failure</source>
        <translation>단일 장애점 보기</translation>
    </message>
    <message>
        <source>Fail it and watch</source>
        <translation>고장 내고 지켜보기</translation>
    </message>
    <message>
        <source>Compare the two</source>
        <translation>둘을 비교하기</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>마침</translation>
    </message>
</context>
<context>
    <name>nines::gui::LessonsPage</name>
    <message>
        <source>Guided lessons: predict, run, explain</source>
        <translation>안내 수업: 예측하고, 실행하고, 설명하기</translation>
    </message>
    <message>
        <source>Gallery of the library</source>
        <translation>라이브러리 갤러리</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>수업</translation>
    </message>
    <message>
        <source>What it teaches</source>
        <translation>무엇을 가르치는가</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>&lt;p&gt;Choose a topology to read what it teaches; Enter opens it.&lt;/p&gt;</source>
        <translation>&lt;p&gt;토폴로지를 고르면 무엇을 가르치는지 읽을 수 있고, Enter로 엽니다.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>nines::gui::MainWindow</name>
    <message>
        <source>Unsaved changes</source>
        <translation>저장하지 않은 변경</translation>
    </message>
    <message>
        <source>%1 has changes that are not saved.</source>
        <translation>%1에 저장하지 않은 변경이 있습니다.</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>이름:</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>설계</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>수업</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>속성</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>구조</translation>
    </message>
    <message>
        <source>line</source>
        <translation>줄</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>what to write</source>
        <translation>이렇게 쓰세요</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>in or with</source>
        <translation>소속</translation>
    </message>
    <message>
        <source>state</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Outline: everything there is, as a table</source>
        <translation>개요: 모든 것을 표로</translation>
    </message>
    <message>
        <source>Canvas; the outline has the same as a table</source>
        <translation>캔버스. 같은 내용이 개요에 표로 있습니다</translation>
    </message>
    <message>
        <source>Parts: drag them onto the canvas, or press Enter</source>
        <translation>부품: 캔버스로 끌거나 Enter를 누르세요</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>새로 만들기(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a topology</source>
        <translation>토폴로지 열기</translation>
    </message>
    <message>
        <source>Topologies (*.yaml *.yml *.json);;All files (*)</source>
        <translation>토폴로지 (*.yaml *.yml *.json);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>다른 이름으로 저장(&amp;A)…</translation>
    </message>
    <message>
        <source>Save the topology</source>
        <translation>토폴로지 저장</translation>
    </message>
    <message>
        <source>Topologies (*.yaml)</source>
        <translation>토폴로지 (*.yaml)</translation>
    </message>
    <message>
        <source>Save the &amp;drawing…</source>
        <translation>그림 저장(&amp;D)…</translation>
    </message>
    <message>
        <source>Save the drawing</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Save all &amp;charts and their data…</source>
        <translation>모든 차트와 데이터 저장(&amp;C)…</translation>
    </message>
    <message>
        <source>Save all &amp;figures…</source>
        <translation>모든 수치 저장(&amp;F)…</translation>
    </message>
    <message>
        <source>There is no result yet.</source>
        <translation>아직 결과가 없습니다.</translation>
    </message>
    <message>
        <source>Save all figures</source>
        <translation>모든 수치 저장</translation>
    </message>
    <message>
        <source>Data (*.csv);;JSON (*.json)</source>
        <translation>데이터 (*.csv);;JSON (*.json)</translation>
    </message>
    <message>
        <source>&amp;Print the drawing…</source>
        <translation>그림 인쇄(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>실행 취소(&amp;U): %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>다시 실행(&amp;R): %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>잘라내기(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>복사(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>복제(&amp;D)</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>삭제(&amp;L)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>모두 선택(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Rename… (F2)</source>
        <translation>이름 바꾸기(&amp;R)… (F2)</translation>
    </message>
    <message>
        <source>Draw &amp;links</source>
        <translation>연결선 그리기(&amp;L)</translation>
    </message>
    <message>
        <source>Draw replication &amp;streams</source>
        <translation>복제 스트림 그리기(&amp;S)</translation>
    </message>
    <message>
        <source>Lin&amp;k what is selected</source>
        <translation>선택한 것 연결(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Group what is selected</source>
        <translation>선택한 것을 그룹으로(&amp;G)</translation>
    </message>
    <message>
        <source>Put into a &amp;domain</source>
        <translation>도메인에 넣기(&amp;D)</translation>
    </message>
    <message>
        <source>Add a s&amp;ervice</source>
        <translation>서비스 추가(&amp;E)</translation>
    </message>
    <message>
        <source>Align &amp;left</source>
        <translation>왼쪽 맞춤(&amp;L)</translation>
    </message>
    <message>
        <source>Align &amp;right</source>
        <translation>오른쪽 맞춤(&amp;R)</translation>
    </message>
    <message>
        <source>Align &amp;top</source>
        <translation>위쪽 맞춤(&amp;T)</translation>
    </message>
    <message>
        <source>Align &amp;bottom</source>
        <translation>아래쪽 맞춤(&amp;B)</translation>
    </message>
    <message>
        <source>In a ro&amp;w</source>
        <translation>가로로 나란히(&amp;W)</translation>
    </message>
    <message>
        <source>In a &amp;column</source>
        <translation>세로로 나란히(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Lay out anew</source>
        <translation>새로 배치(&amp;L)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>창에 맞추기(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Design</source>
        <translation>설계(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Results</source>
        <translation>결과(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>비교(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Lessons</source>
        <translation>수업(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Problems</source>
        <translation>문제(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Outline</source>
        <translation>개요(&amp;O)</translation>
    </message>
    <message>
        <source>Play&amp;back</source>
        <translation>재생(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Structure</source>
        <translation>구조(&amp;S)</translation>
    </message>
    <message>
        <source>P&amp;roperties</source>
        <translation>속성(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>텍스트(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause or go on</source>
        <translation>일시 정지 또는 계속(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>정지(&amp;S)</translation>
    </message>
    <message>
        <source>Solve &amp;exactly</source>
        <translation>정확히 풀기(&amp;E)</translation>
    </message>
    <message>
        <source>Find single points of &amp;failure</source>
        <translation>단일 장애점 찾기(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Begin or end playback</source>
        <translation>재생 시작 또는 끝(&amp;B)</translation>
    </message>
    <message>
        <source>P&amp;lay or pause</source>
        <translation>재생 또는 일시 정지(&amp;L)</translation>
    </message>
    <message>
        <source>On to the &amp;next event</source>
        <translation>다음 사건으로(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Back by one event</source>
        <translation>한 사건 뒤로(&amp;B)</translation>
    </message>
    <message>
        <source>Add to the &amp;comparison</source>
        <translation>비교에 추가(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;About nines</source>
        <translation>nines 정보(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>최근 파일 열기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Draw</source>
        <translation>그리기(&amp;D)</translation>
    </message>
    <message>
        <source>Group &amp;as</source>
        <translation>그룹 정책(&amp;A)</translation>
    </message>
    <message>
        <source>A&amp;lign</source>
        <translation>정렬(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>언어(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>저장했습니다.</translation>
    </message>
    <message>
        <source>a topology that was never saved</source>
        <translation>저장한 적 없는 토폴로지</translation>
    </message>
    <message>
        <source>Recovery</source>
        <translation>복구</translation>
    </message>
    <message>
        <source>The program ended without saving %1, of %2. Take it back?</source>
        <translation>프로그램이 %1을(를) 저장하지 않고 끝났습니다(%2). 되살릴까요?</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>문제 (%1)</translation>
    </message>
    <message>
        <source>component</source>
        <translation>구성 요소</translation>
    </message>
    <message>
        <source>group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>crew</source>
        <translation>작업반</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 이름 바꾸기</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>%1을(를) %2(으)로 이름 바꾸기</translation>
    </message>
    <message>
        <source>About nines</source>
        <translation>nines 정보</translation>
    </message>
    <message>
        <source>How many nines will it have? A simulator of high-availability topologies.</source>
        <translation>나인은 몇 개나 될까요? 고가용성 토폴로지 시뮬레이터.</translation>
    </message>
    <message>
        <source>The front end is under the GPL 3, as Qt Charts is.</source>
        <translation>이 프런트엔드는 Qt Charts와 같이 GPL 3를 따릅니다.</translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation>토폴로지에 잘못이 있습니다. 문제 목록을 보세요.</translation>
    </message>
    <message>
        <source>%1: the text as it is written does not allow it. Change it there.</source>
        <translation>%1: 지금 쓰인 텍스트로는 할 수 없습니다. 텍스트에서 직접 고치세요.</translation>
    </message>
</context>
<context>
    <name>nines::gui::PlaybackPanel</name>
    <message>
        <source>End playback</source>
        <translation>재생 끝내기</translation>
    </message>
    <message>
        <source>Begin playback</source>
        <translation>재생 시작</translation>
    </message>
    <message>
        <source>Find an outage</source>
        <translation>장애 찾기</translation>
    </message>
    <message>
        <source>The next run in which a service goes down</source>
        <translation>서비스가 중단되는 다음 실행</translation>
    </message>
    <message>
        <source>run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Number of the run</source>
        <translation>실행 번호</translation>
    </message>
    <message>
        <source>skip quiet times</source>
        <translation>조용한 시간 건너뛰기</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>재생 또는 일시 정지</translation>
    </message>
    <message>
        <source>Back by one event (,)</source>
        <translation>한 사건 뒤로 (,)</translation>
    </message>
    <message>
        <source>Back by one event</source>
        <translation>한 사건 뒤로</translation>
    </message>
    <message>
        <source>On to the next event (.)</source>
        <translation>다음 사건으로 (.)</translation>
    </message>
    <message>
        <source>On to the next event</source>
        <translation>다음 사건으로</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>시간표</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>일어난 일</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>초당 %1</translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation>토폴로지에 잘못이 있습니다. 문제 목록을 보세요.</translation>
    </message>
    <message>
        <source>%1 cannot be made to fail.</source>
        <translation>%1은(는) 고장 낼 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 waits for a crew, or has not failed.</source>
        <translation>%1은(는) 작업반을 기다리거나, 고장 나지 않았습니다.</translation>
    </message>
    <message>
        <source>There is no link to cut.</source>
        <translation>끊을 연결이 없습니다.</translation>
    </message>
    <message>
        <source>Cut it, until it is repaired by hand</source>
        <translation>끊기 (손으로 수리할 때까지)</translation>
    </message>
    <message>
        <source>Fail it, until it is repaired by hand</source>
        <translation>고장 내기 (손으로 수리할 때까지)</translation>
    </message>
    <message>
        <source>Fail: %1</source>
        <translation>고장: %1</translation>
    </message>
    <message>
        <source>Repair it now</source>
        <translation>지금 수리</translation>
    </message>
    <message>
        <source>Cut off: all links that leave it</source>
        <translation>고립: 밖으로 나가는 모든 연결 끊기</translation>
    </message>
    <message>
        <source>Partition from %1</source>
        <translation>%1과(와) 분단</translation>
    </message>
    <message>
        <source>Looking for an outage…</source>
        <translation>장애를 찾는 중…</translation>
    </message>
    <message>
        <source>A hundred thousand years have no outage.</source>
        <translation>십만 년 동안 장애가 없습니다.</translation>
    </message>
    <message>
        <source>Run %1: a service goes down after %2.</source>
        <translation>실행 %1: %2 뒤에 서비스가 중단됩니다.</translation>
    </message>
    <message>
        <source>active</source>
        <translation>활성</translation>
    </message>
    <message>
        <source>standby</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>out of view</source>
        <translation>제외됨</translation>
    </message>
    <message>
        <source>%1 writes behind</source>
        <translation>쓰기 %1건 뒤처짐</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>지연 %1</translation>
    </message>
    <message>
        <source>in step</source>
        <translation>동기됨</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>available</source>
        <translation>사용 가능</translation>
    </message>
    <message>
        <source>down</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>, %1 of %2 requests a second served</source>
        <translation>, 초당 요청 %2건 중 %1건 처리</translation>
    </message>
    <message>
        <source>lost writes: &lt;b&gt;%1&lt;/b&gt;</source>
        <translation>유실된 쓰기: &lt;b&gt;%1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>%1 wait in %2</source>
        <translation>%2에서 %1건 대기</translation>
    </message>
    <message>
        <source>Play or pause (F10)</source>
        <translation>재생 또는 일시 정지 (F10)</translation>
    </message>
    <message>
        <source>Watch one run: a click on a part fails it, repairs it, cuts it.</source>
        <translation>실행 하나를 지켜봅니다. 부품을 누르면 고장 내고, 수리하고, 끊을 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>nines::gui::PropertySheet</name>
    <message>
        <source>Take out</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>속성</translation>
    </message>
    <message>
        <source>What the key means</source>
        <translation>키의 뜻</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>필요함</translation>
    </message>
    <message>
        <source>+ add %1</source>
        <translation>+ %1 추가</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>토폴로지</translation>
    </message>
    <message>
        <source>group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>crew</source>
        <translation>작업반</translation>
    </message>
    <message>
        <source>rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message numerus="yes">
        <source>written as %1, for %n alike</source>
        <translation>
            <numerusform>%1(으)로 쓰여 있음, 같은 것 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Take out %1</source>
        <translation>%1 빼기</translation>
    </message>
    <message>
        <source>Set %1</source>
        <translation>%1 설정</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 추가</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>이름:</translation>
    </message>
    <message>
        <source>Select a row to read what it means.</source>
        <translation>줄을 고르면 뜻을 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>by default %1: %2</source>
        <translation>기본값 %1: %2</translation>
    </message>
    <message>
        <source>There is a %1 already.</source>
        <translation>%1이(가) 이미 있습니다.</translation>
    </message>
</context>
<context>
    <name>nines::gui::ResultsPage</name>
    <message>
        <source>&amp;Runs</source>
        <translation>실행 횟수(&amp;R)</translation>
    </message>
    <message>
        <source>of</source>
        <translation>기간</translation>
    </message>
    <message>
        <source>see&amp;d</source>
        <translation>시드(&amp;D)</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>시작(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>정지(&amp;T)</translation>
    </message>
    <message>
        <source>Solve &amp;exactly</source>
        <translation>정확히 풀기(&amp;E)</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>한눈에</translation>
    </message>
    <message>
        <source>All figures</source>
        <translation>모든 수치</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>정확한 값</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>측정값</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>low</source>
        <translation>하한</translation>
    </message>
    <message>
        <source>high</source>
        <translation>상한</translation>
    </message>
    <message>
        <source>service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>정확한 값</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>시뮬레이션</translation>
    </message>
    <message>
        <source>within the interval</source>
        <translation>구간 안</translation>
    </message>
    <message>
        <source>Nines</source>
        <translation>나인</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>The Markov chain of the same model is solved…</source>
        <translation>같은 모델의 마르코프 연쇄를 푸는 중…</translation>
    </message>
    <message>
        <source>Not solved: %1</source>
        <translation>풀지 못함: %1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no horizon: write 1y, 90d or 12h</source>
        <translation>&quot;%1&quot;은(는) 기간이 아닙니다. 1y, 90d, 12h처럼 쓰세요</translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation>토폴로지에 잘못이 있습니다. 문제 목록을 보세요.</translation>
    </message>
    <message>
        <source>Go o&amp;n</source>
        <translation>계속(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>compiling…</source>
        <translation>컴파일 중…</translation>
    </message>
    <message>
        <source>stopped after %1 of %2 runs</source>
        <translation>%2회 중 %1회에서 정지</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>실행 %1회</translation>
    </message>
    <message>
        <source>paused at %1 runs</source>
        <translation>%1회에서 일시 정지</translation>
    </message>
    <message>
        <source>%1 runs, %2 left</source>
        <translation>실행 %1회, %2 남음</translation>
    </message>
    <message>
        <source>nines&lt;br/&gt;Press Start to simulate the topology.</source>
        <translation>나인&lt;br/&gt;시작을 누르면 토폴로지를 시뮬레이션합니다.</translation>
    </message>
    <message>
        <source>nines, %1 to %2</source>
        <translation>나인, %1에서 %2</translation>
    </message>
    <message>
        <source>nines at least</source>
        <translation>나인 이상</translation>
    </message>
    <message>
        <source>above %1</source>
        <translation>%1 초과</translation>
    </message>
    <message>
        <source>available</source>
        <translation>사용 가능</translation>
    </message>
    <message>
        <source>downtime</source>
        <translation>중단 시간</translation>
    </message>
    <message>
        <source>none was seen</source>
        <translation>관찰되지 않음</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; a year</source>
        <translation>연간 &lt;b&gt;%1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>one year in 20 above %1</source>
        <translation>20년에 한 해는 %1 초과</translation>
    </message>
    <message>
        <source>outages</source>
        <translation>장애</translation>
    </message>
    <message>
        <source>half shorter than %1</source>
        <translation>절반은 %1보다 짧음</translation>
    </message>
    <message>
        <source>served</source>
        <translation>처리됨</translation>
    </message>
    <message>
        <source>response</source>
        <translation>응답 시간</translation>
    </message>
    <message>
        <source>failovers</source>
        <translation>장애 조치</translation>
    </message>
    <message>
        <source>%1 a year of %2</source>
        <translation>%2, 연간 %1회</translation>
    </message>
    <message>
        <source>lost writes</source>
        <translation>유실된 쓰기</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; a year of %2</source>
        <translation>%2, 연간 &lt;b&gt;%1&lt;/b&gt;건</translation>
    </message>
    <message>
        <source>availability %1</source>
        <translation>가용성 %1</translation>
    </message>
    <message>
        <source>no outage longer than %1</source>
        <translation>%1보다 긴 장애 없음</translation>
    </message>
    <message>
        <source>no loss above %1 writes</source>
        <translation>쓰기 %1건 초과 유실 없음</translation>
    </message>
    <message>
        <source>no loss further back than %1</source>
        <translation>%1보다 오래된 유실 없음</translation>
    </message>
    <message>
        <source>%1: met in %2 of runs</source>
        <translation>%1: 실행의 %2에서 달성</translation>
    </message>
    <message>
        <source>The topology has changed since: start again.</source>
        <translation>그 뒤에 토폴로지가 바뀌었습니다. 다시 시작하세요.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>unavailability</source>
        <translation>비가용성</translation>
    </message>
    <message>
        <source>nines</source>
        <translation>나인</translation>
    </message>
    <message>
        <source>outages a year</source>
        <translation>연간 장애 횟수</translation>
    </message>
    <message>
        <source>failed requests a year</source>
        <translation>연간 실패한 요청</translation>
    </message>
    <message>
        <source>%1 states, in the long run. A simulation from new until a horizon differs by its beginning.</source>
        <translation>상태 %1개, 장기 평균. 새것에서 시작하는 시뮬레이션은 시작 부분만큼 다릅니다.</translation>
    </message>
    <message>
        <source>There is no result yet.</source>
        <translation>아직 결과가 없습니다.</translation>
    </message>
    <message>
        <source>Folder for charts and data</source>
        <translation>차트와 데이터를 저장할 폴더</translation>
    </message>
    <message numerus="yes">
        <source>Saved %n chart(s).</source>
        <translation>
            <numerusform>차트 %n개를 저장했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save charts</source>
        <translation>차트 저장</translation>
    </message>
</context>
<context>
    <name>nines::gui::StructurePanel</name>
    <message>
        <source>Find single points of failure</source>
        <translation>단일 장애점 찾기</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Single points</source>
        <translation>단일 장애점</translation>
    </message>
    <message>
        <source>Cut sets</source>
        <translation>절단 집합</translation>
    </message>
    <message>
        <source>Importance</source>
        <translation>중요도</translation>
    </message>
    <message>
        <source>What is shown on the canvas</source>
        <translation>캔버스에 보일 것</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Single points of failure and cut sets</source>
        <translation>단일 장애점과 절단 집합</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Something is wrong with the topology: see the problems.</source>
        <translation>토폴로지에 잘못이 있습니다. 문제 목록을 보세요.</translation>
    </message>
    <message>
        <source>What fails alone or together and takes the service down, from the drawing alone.</source>
        <translation>혼자 또는 함께 고장 나서 서비스를 중단시키는 것을 그림만으로 찾습니다.</translation>
    </message>
    <message>
        <source>component</source>
        <translation>구성 요소</translation>
    </message>
    <message>
        <source>share of downtime with it</source>
        <translation>중단 시간에서 차지하는 비율</translation>
    </message>
    <message>
        <source>nines gained if doubled</source>
        <translation>이중화하면 늘어나는 나인</translation>
    </message>
    <message>
        <source>single point of failure</source>
        <translation>단일 장애점</translation>
    </message>
    <message>
        <source>unavailable</source>
        <translation>사용 불가 비율</translation>
    </message>
    <message>
        <source>why</source>
        <translation>까닭</translation>
    </message>
    <message>
        <source>without it %1</source>
        <translation>이것이 없으면: %1</translation>
    </message>
    <message>
        <source>cut set</source>
        <translation>절단 집합</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>how many</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>No single point of failure.</source>
        <translation>단일 장애점이 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n single point(s) of failure.</source>
        <translation>
            <numerusform>단일 장애점 %n개.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 nines, if failovers took no time.</source>
        <translation>장애 조치에 시간이 들지 않는다면 나인 %1개.</translation>
    </message>
    <message>
        <source>Not looked at: %1.</source>
        <translation>살피지 않은 것: %1.</translation>
    </message>
    <message>
        <source>No importance: %1.</source>
        <translation>중요도 없음: %1.</translation>
    </message>
    <message>
        <source>SPOF</source>
        <translation>SPOF</translation>
    </message>
</context>
<context>
    <name>nines::gui::YamlEditor</name>
    <message>
        <source>Text of the topology, in YAML</source>
        <translation>토폴로지의 YAML 텍스트</translation>
    </message>
</context>
</TS>

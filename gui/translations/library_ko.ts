<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
 <context>
  <name>Library</name>
  <message>
   <source>Two servers, active-active</source>
   <translation>서버 둘, 액티브-액티브</translation>
  </message>
  <message>
   <source>about active-active</source>
   <translation>서버 두 대가 함께 서비스합니다. 고장은 알아챌 때까지 몇 초 동안 요청의 절반을 잃게 하지만, 그 뒤에는 둘이 하나의 처리량으로 버텨야 합니다. 응답 시간이 그것을 보여 줍니다. active-standby와 비교하세요.</translation>
  </message>
  <message>
   <source>Two servers, active-standby</source>
   <translation>서버 둘, 액티브-스탠바이</translation>
  </message>
  <message>
   <source>about active-standby</source>
   <translation>active-active의 두 서버 가운데 하나는 서비스하고 하나는 기다립니다. 활성 서버의 고장은 알아채고 인계할 때까지 모든 요청을 잃게 하고, 대기 서버의 고장은 아무것도 잃지 않습니다.</translation>
  </message>
  <message>
   <source>N + 1 servers over a daily load</source>
   <translation>하루 부하 위의 서버 N + 1대</translation>
  </message>
  <message>
   <source>about capacity-n-plus-1</source>
   <translation>바쁜 시간에 꼭 필요한 것보다 서버가 한 대 많습니다. 고장과 바쁜 시간이 겹칠 때 여유 한 대가 무엇을 주는지 가르칩니다.</translation>
  </message>
  <message>
   <source>N + 2 servers over a daily load</source>
   <translation>하루 부하 위의 서버 N + 2대</translation>
  </message>
  <message>
   <source>about capacity-n-plus-2</source>
   <translation>capacity-n-plus-1에 서버를 한 대 더합니다. 두 번째 여유가 첫 번째만큼 값진지 비교하세요.</translation>
  </message>
  <message>
   <source>Cassandra, three copies in three racks, ONE</source>
   <translation>Cassandra, 랙 셋에 복사본 셋, ONE</translation>
  </message>
  <message>
   <source>about cassandra-one</source>
   <translation>하나만 답하면 됩니다. 거의 언제나 쓸 수 있지만, 낡은 값을 읽을 수 있고 복사본 하나와 함께 쓰기를 잃을 수 있습니다.</translation>
  </message>
  <message>
   <source>Cassandra, three copies in three racks, QUORUM</source>
   <translation>Cassandra, 랙 셋에 복사본 셋, QUORUM</translation>
  </message>
  <message>
   <source>about cassandra-quorum</source>
   <translation>리더 없이 과반이 답해야 합니다. 읽기와 쓰기의 과반이 겹치므로 낡은 값을 읽지 않습니다.</translation>
  </message>
  <message>
   <source>Ceph, three copies and four plus two</source>
   <translation>Ceph, 복사본 셋과 4+2</translation>
  </message>
  <message>
   <source>about ceph-pools</source>
   <translation>같은 디스크 위의 복제 풀과 삭제 부호 풀. 적은 용량으로 비슷한 안전을 얻는 대가를 보여 줍니다.</translation>
  </message>
  <message>
   <source>Two servers, an eager health check</source>
   <translation>서버 둘, 성급한 상태 검사</translation>
  </message>
  <message>
   <source>about checks-hasty</source>
   <translation>검사가 한 번만 실패해도 서비스를 옮깁니다. 고장은 빨리 알아채지만, 멀쩡한 서버의 거짓 경보마다 필요 없는 인계를 치릅니다. checks-patient와 비교하세요.</translation>
  </message>
  <message>
   <source>Two servers, a patient health check</source>
   <translation>서버 둘, 느긋한 상태 검사</translation>
  </message>
  <message>
   <source>about checks-patient</source>
   <translation>잇달아 세 번 실패해야 서비스를 옮깁니다. 2초 늦게 알아채는 대신 필요 없는 인계가 없습니다.</translation>
  </message>
  <message>
   <source>A data centre and a cold site</source>
   <translation>데이터 센터와 콜드 사이트</translation>
  </message>
  <message>
   <source>about cold-site</source>
   <translation>꺼져 있던 다른 곳이 사람의 손으로 넘겨받습니다. 복구 시간과 복구 시점이 얼마나 되는지 보여 줍니다.</translation>
  </message>
  <message>
   <source>Four nodes needed, one cold spare, one repair crew</source>
   <translation>노드 넷 필요, 콜드 예비 하나, 작업반 하나</translation>
  </message>
  <message>
   <source>about cold-spare</source>
   <translation>꺼진 예비는 늙지 않습니다. 작업반이 하나이므로 수리는 줄을 섭니다.</translation>
  </message>
  <message>
   <source>Two sites behind one name</source>
   <translation>한 이름 뒤의 두 사이트</translation>
  </message>
  <message>
   <source>about dns-two-sites</source>
   <translation>DNS로 손님을 옮깁니다. 장애 조치가 얼마나 빠른지는 응답이 캐시에 머무는 시간이 정합니다.</translation>
  </message>
  <message>
   <source>etcd, five members</source>
   <translation>etcd, 구성원 다섯</translation>
  </message>
  <message>
   <source>about etcd-five</source>
   <translation>둘을 잃어도 됩니다. 이중 고장은 사라지지만 선거는 그대로입니다. 고장 나는 것은 언제나 리더 하나이기 때문입니다.</translation>
  </message>
  <message>
   <source>etcd, three members</source>
   <translation>etcd, 구성원 셋</translation>
  </message>
  <message>
   <source>about etcd-three</source>
   <translation>과반인 둘이 쓰기를 가져야 합니다. 팔로어를 잃는 것은 알아채지도 못하고, 리더를 잃으면 선거 동안 멈추며, 둘을 잃으면 수리할 때까지 멈춥니다.</translation>
  </message>
  <message>
   <source>GlusterFS, replica 3</source>
   <translation>GlusterFS, 복제 3</translation>
  </message>
  <message>
   <source>about glusterfs-replica</source>
   <translation>세 벌의 파일 가운데 과반이 있어야 씁니다. 돌아온 벌은 빠진 것을 채웁니다.</translation>
  </message>
  <message>
   <source>HAProxy before a database and its backup</source>
   <translation>데이터베이스와 백업 앞의 HAProxy</translation>
  </message>
  <message>
   <source>about haproxy-backup-database</source>
   <translation>로드 밸런서의 backup 서버가 쓰기를 받으면, 원래 서버가 돌아올 때 그 쓰기는 사라집니다.</translation>
  </message>
  <message>
   <source>HAProxy and keepalived before four web servers</source>
   <translation>웹 서버 넷 앞의 HAProxy와 keepalived</translation>
  </message>
  <message>
   <source>about haproxy-keepalived</source>
   <translation>주소 하나를 두 로드 밸런서가 VRRP로 나누어 맡습니다. 죽은 데몬이 어떻게 두 번째 마스터를 만드는지도 보여 줍니다.</translation>
  </message>
  <message>
   <source>HDFS, three copies behind two name nodes</source>
   <translation>HDFS, 네임 노드 둘 뒤의 복사본 셋</translation>
  </message>
  <message>
   <source>about hdfs-three-copies</source>
   <translation>데이터는 세 벌이지만 길은 네임 노드를 지납니다. 무엇이 실제로 중단을 만드는지 보세요.</translation>
  </message>
  <message>
   <source>A partition of Kafka, acks=all, min.insync.replicas=2</source>
   <translation>Kafka 파티션, acks=all, min.insync.replicas=2</translation>
  </message>
  <message>
   <source>about kafka-min-insync</source>
   <translation>둘이 가져야 승인됩니다. 하나가 남으면 쓰기를 거절하고 잃지 않습니다.</translation>
  </message>
  <message>
   <source>A topic of Kafka, twelve partitions on six brokers</source>
   <translation>Kafka 토픽, 브로커 여섯에 파티션 열둘</translation>
  </message>
  <message>
   <source>about kafka-topic</source>
   <translation>파티션마다 리더가 있고, 모두 있어야 토픽이 온전합니다. 샤드가 많을수록 하나라도 없을 확률이 커집니다.</translation>
  </message>
  <message>
   <source>A partition of Kafka, min.insync.replicas=1, unclean election</source>
   <translation>Kafka 파티션, min.insync.replicas=1, 부정한 선출</translation>
  </message>
  <message>
   <source>about kafka-unclean</source>
   <translation>하나만 남아도 쓰기를 받고, 뒤처진 복사본도 리더가 됩니다. 가용성을 얻고 쓰기를 잃습니다.</translation>
  </message>
  <message>
   <source>Kubernetes, a Deployment of three on three workers</source>
   <translation>Kubernetes, 워커 셋 위의 Deployment 셋</translation>
  </message>
  <message>
   <source>about kubernetes-deployment</source>
   <translation>호스트를 잃은 파드는 몇 분 뒤 다른 곳에서 시작합니다. 그 시간 동안 남은 파드가 버팁니다.</translation>
  </message>
  <message>
   <source>Kubernetes, the same with one control node</source>
   <translation>Kubernetes, 컨트롤 노드가 하나일 때</translation>
  </message>
  <message>
   <source>about kubernetes-one-control-node</source>
   <translation>컨트롤 노드가 없으면 아무것도 옮겨지지 않습니다. 평소에는 보이지 않는 의존입니다.</translation>
  </message>
  <message>
   <source>Kubernetes, a StatefulSet of one with a volume</source>
   <translation>Kubernetes, 볼륨이 있는 StatefulSet 하나</translation>
  </message>
  <message>
   <source>about kubernetes-stateful-set</source>
   <translation>볼륨은 떼어 내고 다시 붙여야 합니다. 하나뿐인 파드의 복구가 왜 오래 걸리는지 보여 줍니다.</translation>
  </message>
  <message>
   <source>Pair of layer-4 switches, web servers and databases, all cabled twice</source>
   <translation>모두 두 겹으로 이은 L4 스위치 한 쌍, 웹 서버, 데이터베이스</translation>
  </message>
  <message>
   <source>about l4-switch-pair</source>
   <translation>선까지 모두 둘입니다. 무엇이 함께 고장 나야 중단되는지 절단 집합으로 보세요.</translation>
  </message>
  <message>
   <source>Four memcached servers beside a database</source>
   <translation>데이터베이스 옆의 memcached 넷</translation>
  </message>
  <message>
   <source>about memcached</source>
   <translation>캐시 하나를 잃으면 그 몫의 읽기가 데이터베이스로 몰립니다. 중단이 아니라 과부하를 가르칩니다.</translation>
  </message>
  <message>
   <source>MongoDB, two members and an arbiter</source>
   <translation>MongoDB, 구성원 둘과 아비터</translation>
  </message>
  <message>
   <source>about mongodb-arbiter</source>
   <translation>아비터는 표만 있고 데이터가 없습니다. 하나를 잃은 뒤 과반 쓰기가 어떻게 되는지 보세요.</translation>
  </message>
  <message>
   <source>A MongoDB replica set, write concern majority</source>
   <translation>MongoDB 복제 집합, 과반 쓰기</translation>
  </message>
  <message>
   <source>about mongodb-replica-set</source>
   <translation>과반이 가져야 승인됩니다. 선거 동안 멈추지만 승인된 쓰기는 잃지 않습니다.</translation>
  </message>
  <message>
   <source>MySQL, asynchronous replication, failover by hand</source>
   <translation>MySQL, 비동기 복제, 손으로 장애 조치</translation>
  </message>
  <message>
   <source>about mysql-asynchronous</source>
   <translation>복제본이 있다는 것만으로 무엇을 얻는지: 사람이 와야 하므로 시간은 조금, 보내지 않은 것은 잃으므로 데이터는 전부가 아닙니다.</translation>
  </message>
  <message>
   <source>MySQL, semi-synchronous replication, failover by hand</source>
   <translation>MySQL, 반동기 복제, 손으로 장애 조치</translation>
  </message>
  <message>
   <source>about mysql-semi-synchronous</source>
   <translation>복제본 하나가 가지거나 10초가 지나면 승인됩니다. 그 시간 제한은 기다림과 유실 사이의 선택입니다.</translation>
  </message>
  <message>
   <source>One standby for three</source>
   <translation>셋을 위한 대기 하나</translation>
  </message>
  <message>
   <source>about n-plus-one-standby</source>
   <translation>세 서버가 대기 하나를 함께 씁니다. 둘이 겹쳐 고장 나는 일이 얼마나 드문지 보세요.</translation>
  </message>
  <message>
   <source>NGINX before three servers, without health checks</source>
   <translation>서버 셋 앞의 NGINX, 상태 검사 없음</translation>
  </message>
  <message>
   <source>about nginx-passive</source>
   <translation>실패한 요청이 곧 검사입니다. 누군가의 요청이 고장을 발견하는 값을 치릅니다.</translation>
  </message>
  <message>
   <source>One server, a single point of failure</source>
   <translation>서버 하나, 단일 장애점</translation>
  </message>
  <message>
   <source>about one-server</source>
   <translation>서버 하나와 그 뒤에는 아무것도 없습니다. 고장 나는 방식마다 가용성은 MTTF / (MTTF + MTTR)이고, 운영을 아무리 잘해도 이 합은 바뀌지 않습니다.</translation>
  </message>
  <message>
   <source>Orders that wait for the database</source>
   <translation>데이터베이스를 기다리는 주문</translation>
  </message>
  <message>
   <source>about order-queue</source>
   <translation>큐가 쓰기를 먼저 받아 둡니다. 뒤가 멈춰도 앞은 계속되고, 밀린 것은 나중에 빠집니다.</translation>
  </message>
  <message>
   <source>PostgreSQL, hot standby, asynchronous, promoted by hand</source>
   <translation>PostgreSQL 핫 스탠바이, 비동기, 손으로 승격</translation>
  </message>
  <message>
   <source>about postgresql-hot-standby</source>
   <translation>사람이 승격할 때까지 기다리고, 보내지 않은 쓰기는 잃습니다.</translation>
  </message>
  <message>
   <source>PostgreSQL under Patroni, synchronous mode</source>
   <translation>Patroni 아래의 PostgreSQL, 동기 모드</translation>
  </message>
  <message>
   <source>about postgresql-patroni</source>
   <translation>자동 승격과 동기 복제. 기다림과 유실을 어떻게 맞바꾸는지 보여 줍니다.</translation>
  </message>
  <message>
   <source>RabbitMQ quorum queue on three brokers</source>
   <translation>브로커 셋 위의 RabbitMQ 쿼럼 큐</translation>
  </message>
  <message>
   <source>about rabbitmq-quorum-queue</source>
   <translation>큐의 내용이 과반에 있습니다. 브로커 하나를 잃어도 메시지는 남습니다.</translation>
  </message>
  <message>
   <source>RAID-1, two mirrored disks</source>
   <translation>RAID-1, 미러 디스크 둘</translation>
  </message>
  <message>
   <source>about raid-1</source>
   <translation>하나가 고장 난 채 복구하는 동안이 위험한 시간입니다. 교과서의 식과 견주어 보세요.</translation>
  </message>
  <message>
   <source>RAID-5 over eight disks</source>
   <translation>디스크 여덟의 RAID-5</translation>
  </message>
  <message>
   <source>about raid-5</source>
   <translation>하나까지 견딥니다. 디스크가 크면 재구성이 길고, 읽기 오류 하나가 전부를 잃게 합니다.</translation>
  </message>
  <message>
   <source>RAID-6 over eight disks</source>
   <translation>디스크 여덟의 RAID-6</translation>
  </message>
  <message>
   <source>about raid-6</source>
   <translation>둘까지 견딥니다. RAID-5의 재구성 위험이 얼마나 줄어드는지 비교하세요.</translation>
  </message>
  <message>
   <source>Redis Cluster, three shards of two</source>
   <translation>Redis Cluster, 둘씩 세 샤드</translation>
  </message>
  <message>
   <source>about redis-cluster</source>
   <translation>키가 샤드에 나뉘어 있고, 샤드마다 따로 장애 조치를 합니다.</translation>
  </message>
  <message>
   <source>Redis in two rooms, with min-replicas-to-write</source>
   <translation>두 방의 Redis, min-replicas-to-write</translation>
  </message>
  <message>
   <source>about redis-min-replicas</source>
   <translation>끊어진 마스터가 복제본 없이는 쓰기를 멈추게 합니다. 스플릿 브레인에서 잃는 쓰기를 줄입니다.</translation>
  </message>
  <message>
   <source>Redis with Sentinel</source>
   <translation>Sentinel이 지키는 Redis</translation>
  </message>
  <message>
   <source>about redis-sentinel</source>
   <translation>Sentinel의 과반이 승격을 정합니다. 끊어진 옛 마스터에 쓴 것은 사라집니다.</translation>
  </message>
  <message>
   <source>Objects in a region, copied to another</source>
   <translation>다른 리전에 복사되는 객체</translation>
  </message>
  <message>
   <source>about s3-cross-region</source>
   <translation>리전 하나를 통째로 잃는 일에 대비합니다. 복사가 얼마나 뒤처지는지가 복구 시점입니다.</translation>
  </message>
  <message>
   <source>Two sites on one storage array</source>
   <translation>저장 장치 하나 위의 두 사이트</translation>
  </message>
  <message>
   <source>about san-hidden-spof</source>
   <translation>모두 둘씩 그렸지만 디스크 어레이는 하나입니다. 숨은 단일 장애점을 찾으세요.</translation>
  </message>
  <message>
   <source>Two rooms, one trunk, no fencing</source>
   <translation>두 방, 트렁크 하나, 펜싱 없음</translation>
  </message>
  <message>
   <source>about split-brain</source>
   <translation>트렁크가 끊어지면 둘 다 활성이 됩니다. fencing이나 witness를 넣고 다시 보세요. 데이터가 갈라지는 동안에도 가용성은 멀쩡해 보입니다.</translation>
  </message>
  <message>
   <source>Two servers behind one load balancer, the single point of failure moved</source>
   <translation>로드 밸런서 뒤의 서버 둘, 옮겨 간 단일 장애점</translation>
  </message>
  <message>
   <source>about spof-moved</source>
   <translation>서버는 더는 단일 장애점이 아니고, 로드 밸런서가 그렇습니다. one-server와 비교하면 중단시키는 것의 이름만 바뀌었습니다.</translation>
  </message>
  <message>
   <source>Two clusters of two with copied sessions</source>
   <translation>세션을 복사하는 둘씩의 클러스터 둘</translation>
  </message>
  <message>
   <source>about sticky-clusters</source>
   <translation>세션의 복사본이 같은 클러스터에 있습니다. 둘을 함께 잃어야 세션이 사라집니다.</translation>
  </message>
  <message>
   <source>Four servers with sticky sessions</source>
   <translation>고정 세션을 쓰는 서버 넷</translation>
  </message>
  <message>
   <source>about sticky-sessions</source>
   <translation>서비스는 멀쩡해도 서버 하나와 함께 그 세션들이 사라집니다.</translation>
  </message>
  <message>
   <source>Three of everything, triple redundancy</source>
   <translation>모두 셋씩, 삼중화</translation>
  </message>
  <message>
   <source>about three-of-everything</source>
   <translation>셋 가운데 둘을 잃어도 됩니다. 세 번째가 두 번째만큼 값진지 보세요.</translation>
  </message>
  <message>
   <source>Three replicas on worker nodes in three zones</source>
   <translation>세 존의 워커 노드 위 복제본 셋</translation>
  </message>
  <message>
   <source>about three-replicas-across-zones</source>
   <translation>존 하나를 잃어도 둘이 남습니다. 존을 나누는 값어치를 보여 줍니다.</translation>
  </message>
  <message>
   <source>Two load balancers and two servers, no single point of failure</source>
   <translation>로드 밸런서 둘과 서버 둘, 단일 장애점 없음</translation>
  </message>
  <message>
   <source>about two-and-two</source>
   <translation>단일 장애점이 없는 가장 작은 그림입니다. 남은 것은 겹치는 고장입니다.</translation>
  </message>
  <message>
   <source>Synchronous within a data centre, asynchronous to the other</source>
   <translation>데이터 센터 안은 동기, 다른 곳으로는 비동기</translation>
  </message>
  <message>
   <source>about two-data-centres</source>
   <translation>가까운 복사본은 유실을, 먼 복사본은 재난을 막습니다.</translation>
  </message>
  <message>
   <source>Redundant paths in two racks, each with two power feeds</source>
   <translation>전원이 둘씩인 두 랙의 이중 경로</translation>
  </message>
  <message>
   <source>about two-racks-dual-feeds</source>
   <translation>two-racks-shared-power에 전원을 하나 더했습니다. 바뀐 것은 키 하나 needs_any뿐이고, 남은 것은 겹치는 고장입니다.</translation>
  </message>
  <message>
   <source>Redundant paths in two racks that share one power feed</source>
   <translation>전원 하나를 나누는 두 랙의 이중 경로</translation>
  </message>
  <message>
   <source>about two-racks-shared-power</source>
   <translation>모든 것이 둘씩이지만 두 랙이 전원 하나에 매달려 있습니다. 이중화한 모든 것이 함께 꺼집니다.</translation>
  </message>
  <message>
   <source>Two regions with two zones each</source>
   <translation>존이 둘씩인 리전 둘</translation>
  </message>
  <message>
   <source>about two-regions</source>
   <translation>존과 리전이라는 두 겹의 장애 도메인. 어느 겹이 무엇을 막는지 보여 줍니다.</translation>
  </message>
  <message>
   <source>A database in two sites, asynchronous replication over 60 ms</source>
   <translation>두 사이트의 데이터베이스, 60 ms 비동기 복제</translation>
  </message>
  <message>
   <source>about two-sites-asynchronous</source>
   <translation>프라이머리가 가지면 바로 승인합니다. 쓰기는 빠르고 복사본이 없어도 계속되지만, 장애 조치는 보내지 않은 것을 잃습니다.</translation>
  </message>
  <message>
   <source>A database in two sites, synchronous replication over 60 ms</source>
   <translation>두 사이트의 데이터베이스, 60 ms 동기 복제</translation>
  </message>
  <message>
   <source>about two-sites-synchronous</source>
   <translation>둘 다 가져야 승인합니다. 아무것도 잃지 않지만 쓰기마다 왕복을 기다리고, 하나라도 멈추면 쓰기를 받지 않습니다.</translation>
  </message>
  <message>
   <source>Web shop in two racks, asynchronous database replica</source>
   <translation>두 랙의 웹 상점, 비동기 데이터베이스 복제본</translation>
  </message>
  <message>
   <source>about web-shop-two-racks</source>
   <translation>장애 조치가 시간 말고 무엇을 치르는지 보여 줍니다. 승인되었으나 아직 보내지 않은 쓰기입니다.</translation>
  </message>
  <message>
   <source>Web shop with redundant balancers, web servers and databases</source>
   <translation>로드 밸런서, 웹 서버, 데이터베이스를 이중화한 웹 상점</translation>
  </message>
  <message>
   <source>about web-shop</source>
   <translation>결과를 읽는 법을 가르칩니다. 나인은 몇 개인지, 얼마나 오래 그리고 자주 중단되는지, 무엇이 중단시키는지. 모두 이중화되어 있으므로 겹치는 고장만이 중단시킵니다.</translation>
  </message>
 </context>
 <context>
  <name>Declarations</name>
  <message>
   <source>Of each failure in this mode, in place of the component&apos;s `cost: {repair: …}`.</source>
   <translation>이 방식으로 고장 날 때마다 드는 돈. 구성 요소의 `cost: {repair: …}`를 대신합니다.</translation>
  </message>
  <message>
   <source>Of each failure: visit, parts, work. A failure mode may say otherwise.</source>
   <translation>고장 날 때마다 드는 돈: 출장, 부품, 작업. 고장 방식이 달리 정할 수 있습니다.</translation>
  </message>
  <message>
   <source>Once in its lifetime: see `costs`.</source>
   <translation>수명 동안 한 번: `costs`를 보세요.</translation>
  </message>
  <message>
   <source>Over which what is bought is paid, in equal parts.</source>
   <translation>산 것의 값을 똑같이 나누어 치르는 기간.</translation>
  </message>
  <message>
   <source>Power, space, licences, rent.</source>
   <translation>전력, 공간, 라이선스, 임대료.</translation>
  </message>
  <message>
   <source>What it costs that the service is down.</source>
   <translation>서비스가 멈춰 있을 때 드는 비용.</translation>
  </message>
  <message>
   <source>What it costs to lose an acknowledged write.</source>
   <translation>확인된 쓰기 하나를 잃을 때 드는 비용.</translation>
  </message>
  <message>
   <source>What one of it costs.</source>
   <translation>하나에 드는 비용.</translation>
  </message>
  <message>
   <source>What prices share; prices themselves stand under `cost` of components, `repair_cost` of failure modes and `downtime_cost` of services.</source>
   <translation>모든 가격에 공통인 것. 가격 자체는 구성 요소의 `cost`, 고장 방식의 `repair_cost`, 서비스의 `downtime_cost`에 적습니다.</translation>
  </message>
  <message>
   <source>an amount of money</source>
   <translation>금액</translation>
  </message>
  <message>
   <source>an amount of money per time</source>
   <translation>시간당 금액</translation>
  </message>
  <message>
   <source>computers are five-year property (Internal Revenue Service, Publication 946)</source>
   <translation>컴퓨터는 5년 자산(미국 국세청 간행물 946)</translation>
  </message>
  <message>
   <source>1: mirrors, all but one may be lost; 5: one may be lost; 6: two.</source>
   <translation>1: 미러, 하나만 남아도 됨. 5: 하나를 잃어도 됨. 6: 둘.</translation>
  </message>
  <message>
   <source>2 (RFC 3768) or 3 (RFC 5798): the skew is a part of a second, or of an advertisement.</source>
   <translation>2(RFC 3768) 또는 3(RFC 5798): 편차가 1초의 일부인지, 알림 간격의 일부인지.</translation>
  </message>
  <message>
   <source>4: whether it accepts a connection, which one that hangs does; 7: whether it answers.</source>
   <translation>4: 연결을 받아들이는지(멈춘 것도 받아들임), 7: 응답하는지.</translation>
  </message>
  <message>
   <source>A disk or a logical volume. Without a link it is attached directly to those that need it.</source>
   <translation>디스크나 논리 볼륨. 연결이 없으면 필요로 하는 것에 직접 붙어 있습니다.</translation>
  </message>
  <message>
   <source>A machine or instance that runs something and may hold data.</source>
   <translation>무언가를 실행하고 데이터를 가질 수 있는 기계나 인스턴스.</translation>
  </message>
  <message>
   <source>A reusable type: all of it is taken, map by map; `none` removes.</source>
   <translation>다시 쓸 수 있는 유형. 맵별로 모두 가져오고, `none`은 뺍니다.</translation>
  </message>
  <message>
   <source>A wide-area network between sites.</source>
   <translation>사이트 사이의 광역 네트워크.</translation>
  </message>
  <message>
   <source>Acknowledges writes and passes them on when what is behind it takes them; reads do not pass it.</source>
   <translation>쓰기를 승인하고 뒤에서 받을 때 넘깁니다. 읽기는 지나지 않습니다.</translation>
  </message>
  <message>
   <source>After a first failure, or a first success of one that is down (`fastinter`). Left out: the interval.</source>
   <translation>첫 실패 뒤, 또는 내려간 것의 첫 성공 뒤(`fastinter`). 비우면 검사 간격.</translation>
  </message>
  <message>
   <source>After a longer absence it takes `repair` instead (Cassandra: max_hint_window). Left out: never.</source>
   <translation>더 오래 없었으면 대신 `repair`가 필요합니다(Cassandra: max_hint_window). 비우면 없음.</translation>
  </message>
  <message>
   <source>After a loss, once all disks are there, until the data is back from a backup.</source>
   <translation>유실 뒤 모든 디스크가 갖춰진 때부터 백업에서 데이터가 돌아올 때까지.</translation>
  </message>
  <message>
   <source>After that, up to twice as long and drawn by each, a member that hears no leader stands for election.</source>
   <translation>리더의 소식이 없는 구성원은 이 시간에서 두 배 사이에서 각자 뽑은 시간 뒤에 선거에 나섭니다.</translation>
  </message>
  <message>
   <source>All members serve at once, each its share.</source>
   <translation>모든 구성원이 동시에 자기 몫을 서비스합니다.</translation>
  </message>
  <message>
   <source>All members take writes and send them to one another.</source>
   <translation>모든 구성원이 쓰기를 받고 서로에게 보냅니다.</translation>
  </message>
  <message>
   <source>An undirected network connection between two components.</source>
   <translation>두 구성 요소 사이의 방향 없는 네트워크 연결.</translation>
  </message>
  <message>
   <source>Another type that this one extends.</source>
   <translation>이것이 확장하는 다른 유형.</translation>
  </message>
  <message>
   <source>Answers reads that it has; the others, and what a lost member had, go on to the next group. A service is up while those behind it are, and its hits are served without them, too.</source>
   <translation>가진 읽기에 답합니다. 나머지와 잃은 구성원의 몫은 다음 그룹으로 갑니다. 뒤가 살아 있으면 서비스는 살아 있고, 적중한 것은 뒤 없이도 서비스됩니다.</translation>
  </message>
  <message>
   <source>Anything that can fail, and clients.</source>
   <translation>고장 날 수 있는 모든 것과 클라이언트.</translation>
  </message>
  <message>
   <source>As in Raft: the first whose time-out ends wins.</source>
   <translation>Raft처럼 먼저 시간 제한이 끝난 구성원이 이깁니다.</translation>
  </message>
  <message>
   <source>As long as a law says.</source>
   <translation>분포가 말하는 만큼.</translation>
  </message>
  <message>
   <source>At once.</source>
   <translation>즉시.</translation>
  </message>
  <message>
   <source>Between advertisements.</source>
   <translation>알림 사이의 간격.</translation>
  </message>
  <message>
   <source>Between checks.</source>
   <translation>검사 사이의 간격.</translation>
  </message>
  <message>
   <source>Between heartbeats.</source>
   <translation>하트비트 사이의 간격.</translation>
  </message>
  <message>
   <source>Between runs of the tracked script.</source>
   <translation>추적 스크립트 실행 사이의 간격.</translation>
  </message>
  <message>
   <source>By monitoring of which only the delay is known.</source>
   <translation>지연만 알려진 모니터링으로.</translation>
  </message>
  <message>
   <source>Clients are sent elsewhere by a change of a name's answer.</source>
   <translation>이름의 응답을 바꾸어 클라이언트를 다른 곳으로 보냅니다.</translation>
  </message>
  <message>
   <source>Components that do one job together.</source>
   <translation>한 가지 일을 함께하는 구성 요소.</translation>
  </message>
  <message>
   <source>Components that share a fate. Its failure masks its members: they are unusable while it lasts, their own clocks and repairs run on, and they restart, if they have a `restart`, when it returns.</source>
   <translation>운명을 함께하는 구성 요소. 도메인의 고장은 구성원을 가립니다. 그동안 쓸 수 없지만 자신의 시계와 수리는 계속되고, `restart`가 있으면 돌아올 때 다시 시작합니다.</translation>
  </message>
  <message>
   <source>Components that share a fate: racks, power feeds, zones.</source>
   <translation>운명을 함께하는 구성 요소: 랙, 전원, 존.</translation>
  </message>
  <message>
   <source>Copies of which so many must acknowledge a write, with a leader or without.</source>
   <translation>정해진 수가 쓰기를 승인해야 하는 복사본. 리더가 있거나 없습니다.</translation>
  </message>
  <message>
   <source>Disks that hold one another's data. A failure mode with `destroys_data` loses what a member stores; once the member is back it is rebuilt from the others. With more lost than the level tolerates the data is gone until it is restored.</source>
   <translation>서로의 데이터를 가진 디스크. `destroys_data` 고장 모드는 구성원이 저장한 것을 잃고, 돌아오면 나머지에서 재구성합니다. 레벨이 견디는 것보다 많이 잃으면 복원할 때까지 데이터가 없습니다.</translation>
  </message>
  <message>
   <source>Failed requests until a member is left out.</source>
   <translation>구성원을 제외할 때까지의 실패한 요청 수.</translation>
  </message>
  <message>
   <source>Failing checks in a row until a member is marked down.</source>
   <translation>구성원을 내릴 때까지 잇달아 실패하는 검사 수.</translation>
  </message>
  <message>
   <source>Failing runs in a row until the address is given up.</source>
   <translation>주소를 내놓을 때까지 잇달아 실패하는 실행 수.</translation>
  </message>
  <message>
   <source>Failures in 1e9 hours of operation; the time to failure is exponential.</source>
   <translation>운영 10억 시간당 고장 수. 고장까지의 시간은 지수 분포입니다.</translation>
  </message>
  <message>
   <source>Faults at stated times, beside those by chance: for tests, teaching and chaos experiments.</source>
   <translation>우연한 고장과 별도로 정해진 때의 고장: 시험, 수업, 카오스 실험용.</translation>
  </message>
  <message>
   <source>Forwards between all that is linked to it.</source>
   <translation>연결된 모든 것 사이를 전달합니다.</translation>
  </message>
  <message>
   <source>Forwards between networks.</source>
   <translation>네트워크 사이를 전달합니다.</translation>
  </message>
  <message>
   <source>Forwards what it lets through.</source>
   <translation>통과시킨 것을 전달합니다.</translation>
  </message>
  <message>
   <source>From new, or from the end of the last repair, until it fails, in operating time.</source>
   <translation>새것이거나 마지막 수리가 끝난 때부터 고장까지의 운영 시간.</translation>
  </message>
  <message>
   <source>From one backup to the next.</source>
   <translation>한 백업에서 다음 백업까지.</translation>
  </message>
  <message>
   <source>From the end of a repair until it is up again; its clocks stand still meanwhile.</source>
   <translation>수리가 끝난 때부터 다시 올라올 때까지. 그동안 시계는 멈춥니다.</translation>
  </message>
  <message>
   <source>From the end of the fault until that is noticed.</source>
   <translation>고장이 끝난 때부터 그것을 알아챌 때까지.</translation>
  </message>
  <message>
   <source>From the fault until it is noticed.</source>
   <translation>고장부터 알아챌 때까지.</translation>
  </message>
  <message>
   <source>From the fault until the name no longer points there.</source>
   <translation>고장부터 이름이 더는 그곳을 가리키지 않을 때까지.</translation>
  </message>
  <message>
   <source>From the loss of its host until it may start elsewhere.</source>
   <translation>호스트를 잃은 때부터 다른 곳에서 시작해도 될 때까지.</translation>
  </message>
  <message>
   <source>From the loss of the leader, or the return of a majority, until there is one.</source>
   <translation>리더를 잃거나 과반이 돌아온 때부터 리더가 생길 때까지.</translation>
  </message>
  <message>
   <source>From the notice of a failure until the others have taken over what the failed member did; none of them serves meanwhile, as when a cluster forms anew.</source>
   <translation>고장을 알아챈 때부터 다른 구성원이 그 일을 넘겨받을 때까지. 클러스터를 다시 이룰 때처럼 그동안 아무도 서비스하지 않습니다.</translation>
  </message>
  <message>
   <source>From the notice until a person has done it, where automation did not work.</source>
   <translation>자동화가 듣지 않았을 때, 알아챈 때부터 사람이 마칠 때까지.</translation>
  </message>
  <message>
   <source>From the notice until the standby member serves.</source>
   <translation>알아챈 때부터 대기 구성원이 서비스할 때까지.</translation>
  </message>
  <message>
   <source>From the replacement of a disk until it holds its share again.</source>
   <translation>디스크를 교체한 때부터 다시 자기 몫을 가질 때까지.</translation>
  </message>
  <message>
   <source>From the start of the repair until it is as good as new.</source>
   <translation>수리를 시작한 때부터 새것과 같아질 때까지.</translation>
  </message>
  <message>
   <source>Good checks in a row until it is marked up.</source>
   <translation>다시 올릴 때까지 잇달아 성공하는 검사 수.</translation>
  </message>
  <message>
   <source>HAProxy Configuration Manual, `balance`</source>
   <translation>HAProxy Configuration Manual, `balance`</translation>
  </message>
  <message>
   <source>HAProxy Configuration Manual, `fall`</source>
   <translation>HAProxy Configuration Manual, `fall`</translation>
  </message>
  <message>
   <source>HAProxy Configuration Manual, `inter`</source>
   <translation>HAProxy Configuration Manual, `inter`</translation>
  </message>
  <message>
   <source>HAProxy Configuration Manual, `option httpchk`</source>
   <translation>HAProxy Configuration Manual, `option httpchk`</translation>
  </message>
  <message>
   <source>HAProxy Configuration Manual, `option redispatch`: off</source>
   <translation>HAProxy Configuration Manual, `option redispatch`: 꺼짐</translation>
  </message>
  <message>
   <source>HAProxy Configuration Manual, `retries`</source>
   <translation>HAProxy Configuration Manual, `retries`</translation>
  </message>
  <message>
   <source>HAProxy Configuration Manual, `rise`</source>
   <translation>HAProxy Configuration Manual, `rise`</translation>
  </message>
  <message>
   <source>HAProxy Starter Guide, `timeout client 30s`</source>
   <translation>HAProxy Starter Guide, `timeout client 30s`</translation>
  </message>
  <message>
   <source>HAProxy Starter Guide, `timeout connect 5s`</source>
   <translation>HAProxy Starter Guide, `timeout connect 5s`</translation>
  </message>
  <message>
   <source>Hands the requests of a service on to the next group.</source>
   <translation>서비스의 요청을 다음 그룹으로 넘깁니다.</translation>
  </message>
  <message>
   <source>Heartbeats in a row that must be missing.</source>
   <translation>잇달아 빠져야 하는 하트비트 수.</translation>
  </message>
  <message>
   <source>How a failed member is noticed.</source>
   <translation>고장 난 구성원을 알아채는 방법.</translation>
  </message>
  <message>
   <source>How a leader is found.</source>
   <translation>리더를 정하는 방법.</translation>
  </message>
  <message>
   <source>How a member gets back data that it has lost, or writes that it missed.</source>
   <translation>구성원이 잃은 데이터나 놓친 쓰기를 되찾는 방법.</translation>
  </message>
  <message>
   <source>How fast a copy is written anew from another; goes with `data`. Left out: in no time.</source>
   <translation>다른 복사본에서 새로 쓰는 속도. `data`와 함께 씁니다. 비우면 즉시.</translation>
  </message>
  <message>
   <source>How fast a standby member ages: 0 % cold, 100 % hot, between them warm.</source>
   <translation>대기 구성원이 늙는 속도: 0 %는 콜드, 100 %는 핫, 그 사이는 웜.</translation>
  </message>
  <message>
   <source>How long a check waits for an answer (`timeout check`). Left out: the interval.</source>
   <translation>검사가 응답을 기다리는 시간(`timeout check`). 비우면 검사 간격.</translation>
  </message>
  <message>
   <source>How long a client waits before its request counts as failed.</source>
   <translation>요청이 실패로 여겨질 때까지 클라이언트가 기다리는 시간.</translation>
  </message>
  <message>
   <source>How long a copy that is promoted applies what it has received but not applied; it goes on top of `takeover`.</source>
   <translation>승격되는 복사본이 받았으나 적용하지 않은 것을 적용하는 시간. `takeover`에 더해집니다.</translation>
  </message>
  <message>
   <source>How long a member that comes back empty has none of them.</source>
   <translation>비어서 돌아온 구성원에 그것이 없는 시간.</translation>
  </message>
  <message>
   <source>How long a session is on average; its length is exponential. Left out: sessions are spread evenly over who serves, at all times.</source>
   <translation>세션의 평균 길이. 지수 분포입니다. 비우면 세션은 언제나 서비스하는 것들에 고르게 퍼집니다.</translation>
  </message>
  <message>
   <source>How long a try waits for a connection.</source>
   <translation>한 번의 시도가 연결을 기다리는 시간.</translation>
  </message>
  <message>
   <source>How long a write is on the wire. It is lost if a copy is promoted sooner.</source>
   <translation>쓰기가 선 위에 있는 시간. 그 전에 복사본이 승격되면 유실됩니다.</translation>
  </message>
  <message>
   <source>How long ago the oldest acknowledged write was that has not been sent. It is lost with the primary.</source>
   <translation>아직 보내지 않은 가장 오래된 승인된 쓰기가 얼마나 오래되었는지. 프라이머리와 함께 유실됩니다.</translation>
  </message>
  <message>
   <source>How long clients keep an answer: they leave at a time spread over it.</source>
   <translation>클라이언트가 응답을 간직하는 시간: 그 안에 흩어져서 떠납니다.</translation>
  </message>
  <message>
   <source>How long it is left out then; after that one request tries it.</source>
   <translation>그때 제외되는 시간. 그 뒤 요청 하나가 시도합니다.</translation>
  </message>
  <message>
   <source>How long it lacks them after a longer absence: until the next repair.</source>
   <translation>오래 없다가 돌아온 뒤 부족한 시간: 다음 복구까지.</translation>
  </message>
  <message>
   <source>How long it must be back first; with `manual`, until a person does it.</source>
   <translation>먼저 돌아와 있어야 하는 시간. `manual`이면 사람이 할 때까지.</translation>
  </message>
  <message>
   <source>How long nobody serves while the role goes back.</source>
   <translation>역할이 돌아가는 동안 아무도 서비스하지 않는 시간.</translation>
  </message>
  <message>
   <source>How many members must serve for the group to stand.</source>
   <translation>그룹이 서려면 서비스해야 하는 구성원 수.</translation>
  </message>
  <message>
   <source>How many members must serve for the group to stand. Left out: as many as are active.</source>
   <translation>그룹이 서려면 서비스해야 하는 구성원 수. 비우면 활성인 만큼.</translation>
  </message>
  <message>
   <source>How many members serve at a time.</source>
   <translation>한 번에 서비스하는 구성원 수.</translation>
  </message>
  <message>
   <source>How many members, or votes, must answer a read. Left out: without a leader more than half of them; with one, reads go through it as writes do.</source>
   <translation>읽기에 답해야 하는 구성원이나 표의 수. 비우면 리더가 없을 때는 과반, 있을 때는 쓰기처럼 리더를 지납니다.</translation>
  </message>
  <message>
   <source>How many members, or votes, must have a write before it is acknowledged. Left out: more than half of the votes. With fewer a leader may be elected that lacks some, and these are lost.</source>
   <translation>쓰기를 승인하기 전에 가져야 하는 구성원이나 표의 수. 비우면 과반. 더 적으면 일부가 없는 리더가 뽑힐 수 있고, 그것은 유실됩니다.</translation>
  </message>
  <message>
   <source>How many repairs it does at a time.</source>
   <translation>한 번에 하는 수리의 수.</translation>
  </message>
  <message>
   <source>How many requests come.</source>
   <translation>들어오는 요청의 수.</translation>
  </message>
  <message>
   <source>How many requests it works on at once, each at capacity/maxconn; the others wait in its queue (HAProxy Configuration Manual, `maxconn`).</source>
   <translation>동시에 처리하는 요청 수, 각각 capacity/maxconn의 속도로. 나머지는 큐에서 기다립니다(HAProxy Configuration Manual, `maxconn`).</translation>
  </message>
  <message>
   <source>How many sessions there are, if none is lost. Where they live is said by `sessions` of a group.</source>
   <translation>유실이 없을 때의 세션 수. 어디에 있는지는 그룹의 `sessions`가 말합니다.</translation>
  </message>
  <message>
   <source>How many synchronous copies must have a write before it is acknowledged. Left out: all of them.</source>
   <translation>쓰기를 승인하기 전에 가져야 하는 동기 복사본의 수. 비우면 모두.</translation>
  </message>
  <message>
   <source>How many writes have room; more are rejected until a hundredth is free again. Left out: there is no bound.</source>
   <translation>들어갈 수 있는 쓰기의 수. 넘으면 백분의 일이 빌 때까지 거절합니다. 비우면 한도가 없습니다.</translation>
  </message>
  <message>
   <source>How many writes those who take from it manage while what is behind serves all that is offered; where it serves less, so many drain.</source>
   <translation>뒤가 모두 처리할 때 꺼내 가는 쪽이 감당하는 쓰기의 수. 뒤가 덜 처리하면 그만큼만 빠집니다.</translation>
  </message>
  <message>
   <source>How much there is to copy.</source>
   <translation>복사할 양.</translation>
  </message>
  <message>
   <source>How often a connection that failed is tried again.</source>
   <translation>실패한 연결을 다시 시도하는 횟수.</translation>
  </message>
  <message>
   <source>How often the leader says that it is there.</source>
   <translation>리더가 살아 있음을 알리는 간격.</translation>
  </message>
  <message>
   <source>How old it is when a run starts.</source>
   <translation>실행을 시작할 때의 나이.</translation>
  </message>
  <message>
   <source>How requests are shared among the members that are taken for well.</source>
   <translation>멀쩡하다고 여기는 구성원들에게 요청을 나누는 방법.</translation>
  </message>
  <message>
   <source>How the workload changes over day and week.</source>
   <translation>부하가 하루와 한 주 동안 바뀌는 모양.</translation>
  </message>
  <message>
   <source>How writes get to the copies; a stream may say otherwise.</source>
   <translation>쓰기가 복사본에 가는 방법. 스트림이 달리 말할 수 있습니다.</translation>
  </message>
  <message>
   <source>If two stand for election within that time of each other, the vote is split and all draw again.</source>
   <translation>둘이 이 시간 안에 선거에 나서면 표가 갈려 모두 다시 뽑습니다.</translation>
  </message>
  <message>
   <source>In a group of its own, where losing a server loses none.</source>
   <translation>따로 있는 그룹에. 서버를 잃어도 아무것도 잃지 않습니다.</translation>
  </message>
  <message>
   <source>In which of its failure modes. Left out: as `effect` says.</source>
   <translation>어느 고장 모드로. 비우면 `effect`가 말하는 대로.</translation>
  </message>
  <message>
   <source>Instead of a level: an erasure code of which so many parts may be lost. With 8 data and 3 parity parts the group has 11 members.</source>
   <translation>레벨 대신: 이만큼의 조각을 잃어도 되는 삭제 부호. 데이터 8, 패리티 3이면 구성원은 11입니다.</translation>
  </message>
  <message>
   <source>Instead of a mode: What the failure does: crash (the process is gone, the host refuses), hang (it accepts and never answers), silent (host or path is gone): these take it down, and differ in how detection sees them; mute (it serves on, but its heartbeats or VRRP advertisements stop).</source>
   <translation>모드 대신 고장이 하는 일: crash(프로세스가 사라지고 호스트가 거절), hang(받아들이지만 답이 없음), silent(호스트나 길이 사라짐)는 내려가게 하며 감지가 보는 모습이 다릅니다. mute(서비스는 계속되지만 하트비트나 VRRP 알림이 멈춤).</translation>
  </message>
  <message>
   <source>Into how many equal parts the keys are divided. Each is a group by itself, on as many of the members as `copies` says, and a request goes to the one that has its key. Left out: one.</source>
   <translation>키를 똑같이 나누는 수. 각각이 `copies`만큼의 구성원 위에 있는 그룹이고, 요청은 자기 키가 있는 곳으로 갑니다. 비우면 하나.</translation>
  </message>
  <message>
   <source>It passes on what is not for it: in line, like a bridge.</source>
   <translation>자기 것이 아닌 것을 넘깁니다: 브리지처럼 길 가운데에서.</translation>
  </message>
  <message>
   <source>It waits for the newest copy.</source>
   <translation>가장 새로운 복사본을 기다립니다.</translation>
  </message>
  <message>
   <source>Its failure modes, by name.</source>
   <translation>이름별 고장 모드.</translation>
  </message>
  <message>
   <source>Its rank with crews of discipline `priority` or `preemptive`: 1 comes first.</source>
   <translation>`priority`나 `preemptive` 작업반에서의 순위: 1이 먼저입니다.</translation>
  </message>
  <message>
   <source>Kubernetes, Deployment</source>
   <translation>Kubernetes, Deployment</translation>
  </message>
  <message>
   <source>Kubernetes: 40 s (node-monitor-grace-period) and 5 min (tolerationSeconds of not-ready)</source>
   <translation>Kubernetes: 40초(node-monitor-grace-period)와 5분(not-ready의 tolerationSeconds)</translation>
  </message>
  <message>
   <source>Left out: repaired at once, by a crew of its own.</source>
   <translation>비우면 전용 작업반이 바로 수리합니다.</translation>
  </message>
  <message>
   <source>Left out: yes. `false`: it waits for its own host, as with a local volume.</source>
   <translation>비우면 예. `false`: 로컬 볼륨처럼 자기 호스트를 기다립니다.</translation>
  </message>
  <message>
   <source>Like any other.</source>
   <translation>여느 것과 같이.</translation>
  </message>
  <message>
   <source>Mean time to failure; the time is exponential.</source>
   <translation>평균 고장 시간(MTTF). 지수 분포입니다.</translation>
  </message>
  <message>
   <source>Mean time to repair; the time is exponential.</source>
   <translation>평균 수리 시간(MTTR). 지수 분포입니다.</translation>
  </message>
  <message>
   <source>Members that serve only while none of the others is in view; of several the first (HAProxy Configuration Manual, `backup`).</source>
   <translation>다른 구성원이 하나도 보이지 않을 때만 서비스하는 구성원. 여럿이면 첫째(HAProxy Configuration Manual, `backup`).</translation>
  </message>
  <message>
   <source>Met in a run if every service is available for at least this share of the horizon.</source>
   <translation>모든 서비스가 기간의 이만큼 이상 사용 가능하면 그 실행에서 달성.</translation>
  </message>
  <message>
   <source>More than that on another host: a volume is detached and attached there.</source>
   <translation>다른 호스트에서 더 드는 시간: 볼륨을 떼어 그곳에 붙입니다.</translation>
  </message>
  <message>
   <source>Network connections. Without any, all components reach one another.</source>
   <translation>네트워크 연결. 하나도 없으면 모두 서로 닿습니다.</translation>
  </message>
  <message>
   <source>No checks: requests that fail tell, and are passed to another member.</source>
   <translation>검사 없음: 실패한 요청이 알리고, 다른 구성원으로 넘어갑니다.</translation>
  </message>
  <message>
   <source>Of a domain: instead of masking its members for a while it makes them fail, each with a repair of its own. Takes the place of the time to repair.</source>
   <translation>도메인의 것: 구성원을 잠시 가리는 대신 고장 내며, 각각 따로 수리합니다. 수리 시간을 대신합니다.</translation>
  </message>
  <message>
   <source>Of the members, in their order, the highest first. Left out: 100 (RFC 5798, 5.2.4), and one less for each that follows.</source>
   <translation>구성원의 순서대로, 높은 것이 먼저. 비우면 100(RFC 5798, 5.2.4)이고 뒤로 갈수록 하나씩 적습니다.</translation>
  </message>
  <message>
   <source>Of the members, in their order, where they do not have one each: whole numbers. Quorums count votes; who has none stores a copy, but neither acknowledges nor leads.</source>
   <translation>하나씩이 아닐 때 구성원의 순서대로 쓴 정수. 쿼럼은 표를 셉니다. 표가 없으면 복사본은 가지지만 승인하거나 이끌지 않습니다.</translation>
  </message>
  <message>
   <source>Of the members, in their order, with `balance: weighted`.</source>
   <translation>`balance: weighted`일 때 구성원의 순서대로.</translation>
  </message>
  <message>
   <source>Of the reads: those that it has, each member its share of the keys.</source>
   <translation>읽기 가운데 가진 것의 비율. 구성원마다 키의 몫이 있습니다.</translation>
  </message>
  <message>
   <source>Of the workload.</source>
   <translation>부하의 비율.</translation>
  </message>
  <message>
   <source>Of the writes that are acknowledged while members do not exchange them: those that contradict another, and are dropped when they meet.</source>
   <translation>구성원끼리 주고받지 못하는 동안 승인된 쓰기 가운데 서로 어긋나 만날 때 버려지는 것의 비율.</translation>
  </message>
  <message>
   <source>Of these, one must be available to it: two power feeds.</source>
   <translation>이 가운데 하나가 있어야 합니다: 전원 둘.</translation>
  </message>
  <message>
   <source>On how many members each shard is: those that follow in the list from its share of the way on, the first behind the last. Left out: on all.</source>
   <translation>각 샤드가 놓이는 구성원의 수: 목록에서 자기 자리부터 이어지며 끝 다음은 처음입니다. 비우면 모두.</translation>
  </message>
  <message>
   <source>On so many members; copied anew as soon as one is lost.</source>
   <translation>이만큼의 구성원에. 하나를 잃으면 바로 새로 복사합니다.</translation>
  </message>
  <message>
   <source>On the member that serves it: its requests go there.</source>
   <translation>서비스하는 구성원에: 요청이 그곳으로 갑니다.</translation>
  </message>
  <message>
   <source>On which days; a run starts on a Monday, 00:00.</source>
   <translation>어느 요일에. 실행은 월요일 00:00에 시작합니다.</translation>
  </message>
  <message>
   <source>One line that says what this is.</source>
   <translation>무엇인지 말하는 한 줄.</translation>
  </message>
  <message>
   <source>One member takes the writes, the others copy them; one of those is promoted when it is lost.</source>
   <translation>하나가 쓰기를 받고 나머지가 복사합니다. 그것을 잃으면 하나가 승격됩니다.</translation>
  </message>
  <message>
   <source>One more vote, without a copy of the service. Needs `heartbeat`, implies `quorum`.</source>
   <translation>서비스의 복사본이 없는 표 하나 더. `heartbeat`가 필요하고 `quorum`을 뜻합니다.</translation>
  </message>
  <message>
   <source>One of higher priority that returns takes the address back. Left out: yes (RFC 5798, 6.1).</source>
   <translation>우선순위가 높은 것이 돌아오면 주소를 되찾습니다. 비우면 예(RFC 5798, 6.1).</translation>
  </message>
  <message>
   <source>One way; a response comes back.</source>
   <translation>한쪽 방향. 응답은 돌아옵니다.</translation>
  </message>
  <message>
   <source>Pacemaker Explained, `resource-stickiness`: stay where it runs</source>
   <translation>Pacemaker Explained, `resource-stickiness`: 있던 곳에 머묾</translation>
  </message>
  <message>
   <source>Patroni 3, maximum_lag_on_failover: one that is too far behind is not</source>
   <translation>Patroni 3, maximum_lag_on_failover: 너무 뒤처진 것은 승격하지 않음</translation>
  </message>
  <message>
   <source>Patroni, Sentinel, Orchestrator: a failover promotes</source>
   <translation>Patroni, Sentinel, Orchestrator: 장애 조치가 승격함</translation>
  </message>
  <message>
   <source>PostgreSQL 15, pg_basebackup; pg_rewind must be asked for</source>
   <translation>PostgreSQL 15, pg_basebackup. pg_rewind는 따로 요청해야 함</translation>
  </message>
  <message>
   <source>PostgreSQL, MySQL and Redis replicate asynchronously unless told otherwise</source>
   <translation>PostgreSQL, MySQL, Redis는 달리 말하지 않으면 비동기로 복제함</translation>
  </message>
  <message>
   <source>RFC 1912, section 2.2: an hour is a low value</source>
   <translation>RFC 1912, 2.2절: 한 시간은 낮은 값</translation>
  </message>
  <message>
   <source>RFC 5798, section 5.2.7</source>
   <translation>RFC 5798, 5.2.7절</translation>
  </message>
  <message>
   <source>RFC 5798, section 6.1</source>
   <translation>RFC 5798, 6.1절</translation>
  </message>
  <message>
   <source>Read requests.</source>
   <translation>읽기 요청.</translation>
  </message>
  <message>
   <source>Recovery point objective: met in a run if no single loss of acknowledged writes is larger.</source>
   <translation>복구 시점 목표(RPO): 승인된 쓰기의 유실이 한 번도 이보다 크지 않으면 그 실행에서 달성.</translation>
  </message>
  <message>
   <source>Recovery time objective: met in a run if no outage lasts longer.</source>
   <translation>복구 시간 목표(RTO): 이보다 긴 장애가 없으면 그 실행에서 달성.</translation>
  </message>
  <message>
   <source>Redis 7, redis.conf: min-replicas-max-lag</source>
   <translation>Redis 7, redis.conf: min-replicas-max-lag</translation>
  </message>
  <message>
   <source>Repair crews that components share.</source>
   <translation>구성 요소들이 함께 쓰는 수리 작업반.</translation>
  </message>
  <message>
   <source>Reusable component types.</source>
   <translation>다시 쓸 수 있는 구성 요소 유형.</translation>
  </message>
  <message>
   <source>Shared storage that others need: a SAN, an array, a file server. Without a link it is attached directly to those that need it.</source>
   <translation>다른 것들이 필요로 하는 공유 저장 장치: SAN, 디스크 어레이, 파일 서버. 연결이 없으면 필요로 하는 것에 직접 붙어 있습니다.</translation>
  </message>
  <message>
   <source>So many failed requests in a row mark a member down, too, before the checks do (`observe layer7`, `error-limit`, `on-error mark-down`).</source>
   <translation>이만큼 잇달아 실패한 요청도 검사보다 먼저 구성원을 내립니다(`observe layer7`, `error-limit`, `on-error mark-down`).</translation>
  </message>
  <message>
   <source>Some members serve, the first of the list at the start; the others stand by.</source>
   <translation>일부가 서비스하고(처음에는 목록의 앞) 나머지는 대기합니다.</translation>
  </message>
  <message>
   <source>The active member advertises itself; another takes over when it hears nothing.</source>
   <translation>활성 구성원이 자신을 알리고, 소식이 없으면 다른 것이 넘겨받습니다.</translation>
  </message>
  <message>
   <source>The client whose requests these are.</source>
   <translation>이 요청을 보내는 클라이언트.</translation>
  </message>
  <message>
   <source>The component stays up, with this fraction of its capacity; its other clocks run on, and fractions of several modes multiply.</source>
   <translation>구성 요소는 이만큼의 용량으로 살아 있습니다. 다른 시계는 계속 가고, 여러 모드의 비율은 곱해집니다.</translation>
  </message>
  <message>
   <source>The crew that repairs it, one of `crews`.</source>
   <translation>수리하는 작업반. `crews` 가운데 하나.</translation>
  </message>
  <message>
   <source>The failure domains that it is in: all of a list; with {spread: […]} the components of a range take turns.</source>
   <translation>속한 장애 도메인: 목록의 모두. {spread: […]}이면 범위의 구성 요소들이 차례로 나뉩니다.</translation>
  </message>
  <message>
   <source>The failure mode in which members fail; those that do not have it are spared.</source>
   <translation>구성원이 고장 나는 모드. 그 모드가 없는 것은 무사합니다.</translation>
  </message>
  <message>
   <source>The failure modes that a tracked script sees. Then others that leave the host alive (crash, hang) go unnoticed. Left out: with any failure the advertisements stop.</source>
   <translation>추적 스크립트가 보는 고장 모드. 그러면 호스트를 살려 두는 다른 고장(crash, hang)은 알아채지 못합니다. 비우면 어떤 고장이든 알림이 멈춥니다.</translation>
  </message>
  <message>
   <source>The groups that a request passes, in order. {all: [a, b]} are all passed, one after the other, {any: [a, b]} are alternatives, {shards: [a, b]} have each an equal part of the keys; each is reached from the group before.</source>
   <translation>요청이 차례로 지나는 그룹. {all: [a, b]}는 모두를 차례로, {any: [a, b]}는 아무 하나를 지나고, {shards: [a, b]}는 키를 똑같이 나누어 가집니다. 각각 앞의 그룹에서 닿아야 합니다.</translation>
  </message>
  <message>
   <source>The hosts on one of which it runs; it is moved to another when its own is lost.</source>
   <translation>실행되는 호스트들. 자기 호스트를 잃으면 다른 곳으로 옮겨집니다.</translation>
  </message>
  <message>
   <source>The larger domains that it lies in.</source>
   <translation>놓여 있는 더 큰 도메인.</translation>
  </message>
  <message>
   <source>The member of a primary_replica group that it feeds.</source>
   <translation>쓰기를 보내 주는 primary_replica 그룹의 구성원.</translation>
  </message>
  <message>
   <source>The member that it comes from. Left out: whichever is the primary.</source>
   <translation>보내는 구성원. 비우면 그때의 프라이머리.</translation>
  </message>
  <message>
   <source>The members send one another heartbeats.</source>
   <translation>구성원들이 서로 하트비트를 보냅니다.</translation>
  </message>
  <message>
   <source>The most requests it can serve; left out, as many as come, in no time.</source>
   <translation>처리할 수 있는 최대 요청. 비우면 오는 대로, 시간 없이.</translation>
  </message>
  <message>
   <source>The network between clients and a site.</source>
   <translation>클라이언트와 사이트 사이의 네트워크.</translation>
  </message>
  <message>
   <source>The path of reads, where it is another.</source>
   <translation>다를 때의 읽기 경로.</translation>
  </message>
  <message>
   <source>The path of writes, where it is another.</source>
   <translation>다를 때의 쓰기 경로.</translation>
  </message>
  <message>
   <source>The primary takes writes only while so many copies follow it, though it waits for none (Redis, min-replicas-to-write).</source>
   <translation>기다리지는 않지만, 이만큼의 복사본이 따를 때만 프라이머리가 쓰기를 받습니다(Redis, min-replicas-to-write).</translation>
  </message>
  <message>
   <source>The redundancy policy of the group.</source>
   <translation>그룹의 이중화 정책.</translation>
  </message>
  <message>
   <source>The same in time: met if none reaches further back.</source>
   <translation>시간으로 본 같은 것: 이보다 오래된 유실이 없으면 달성.</translation>
  </message>
  <message>
   <source>The service counts as down while it serves less than this share of what is offered, of reads or of writes. With shards: left out, all of them are needed.</source>
   <translation>들어온 읽기나 쓰기의 이 비율보다 적게 처리하면 중단으로 봅니다. 샤드가 있을 때 비우면 모두 필요합니다.</translation>
  </message>
  <message>
   <source>The version of the language: 1.</source>
   <translation>언어의 버전: 1.</translation>
  </message>
  <message>
   <source>There is no leader: any member takes a request and asks the others.</source>
   <translation>리더가 없습니다: 아무 구성원이나 요청을 받아 나머지에게 묻습니다.</translation>
  </message>
  <message>
   <source>Those before it in the chain ask each member at intervals.</source>
   <translation>사슬에서 앞에 있는 것이 일정한 간격으로 각 구성원에게 묻습니다.</translation>
  </message>
  <message>
   <source>Two ends: a name, and a name, pattern or set (`domain:rack-a`), which makes one link to each other component of it.</source>
   <translation>두 끝: 이름 하나와, 이름·패턴·집합(`domain:rack-a`). 집합이면 그 구성 요소마다 연결이 하나씩 생깁니다.</translation>
  </message>
  <message>
   <source>Unrecoverable read errors per bit, as in data sheets of disks: 1e-15. One that a rebuild meets when no redundancy is left loses the data. Needs `disk_size`.</source>
   <translation>디스크 사양서의 비트당 복구 불가능한 읽기 오류: 1e-15. 여유가 없을 때 재구성이 이것을 만나면 데이터를 잃습니다. `disk_size`가 필요합니다.</translation>
  </message>
  <message>
   <source>Until a snapshot can be used at the copy.</source>
   <translation>스냅샷을 복사본에서 쓸 수 있을 때까지.</translation>
  </message>
  <message>
   <source>Until it is ready on another host, or on its own once that is back.</source>
   <translation>다른 호스트에서, 또는 돌아온 자기 호스트에서 준비될 때까지.</translation>
  </message>
  <message>
   <source>Until it is repaired. Left out: as the mode is repaired.</source>
   <translation>수리될 때까지. 비우면 그 모드의 수리대로.</translation>
  </message>
  <message>
   <source>Until the newest backup is in place.</source>
   <translation>가장 새로운 백업이 자리 잡을 때까지.</translation>
  </message>
  <message>
   <source>Up to how much later, at random: each run has a phase of its own.</source>
   <translation>무작위로 얼마까지 늦출지: 실행마다 다릅니다.</translation>
  </message>
  <message>
   <source>What a former primary does that has writes which were lost: it is copied in full, or drops them and follows.</source>
   <translation>유실된 쓰기를 가진 옛 프라이머리가 하는 일: 통째로 복사하거나, 버리고 따릅니다.</translation>
  </message>
  <message>
   <source>What a rebuild reads of each disk that it needs.</source>
   <translation>재구성이 필요한 디스크마다 읽는 양.</translation>
  </message>
  <message>
   <source>What a stream can carry; goes with `write_size`. What is too much waits, and is caught up with what is spare. Left out: all.</source>
   <translation>스트림이 나를 수 있는 양. `write_size`와 함께 씁니다. 넘치는 것은 기다렸다가 여유로 따라잡습니다. 비우면 모두.</translation>
  </message>
  <message>
   <source>What a write takes on the stream.</source>
   <translation>쓰기 하나가 스트림에서 차지하는 크기.</translation>
  </message>
  <message>
   <source>What becomes of writes that contradict each other.</source>
   <translation>서로 어긋나는 쓰기가 어떻게 되는지.</translation>
  </message>
  <message>
   <source>What carries writes to a copy: a process with failures of its own, over the links beneath.</source>
   <translation>복사본으로 쓰기를 나르는 것: 아래의 연결 위에서 스스로도 고장 나는 프로세스.</translation>
  </message>
  <message>
   <source>What carries writes to copies, where it is not as the group says.</source>
   <translation>그룹이 말하는 것과 다를 때 복사본으로 쓰기를 나르는 것.</translation>
  </message>
  <message>
   <source>What fails.</source>
   <translation>고장 나는 것.</translation>
  </message>
  <message>
   <source>What is gone with all copies is lost back to the newest backup.</source>
   <translation>모든 복사본과 함께 사라진 것은 가장 새로운 백업까지 유실됩니다.</translation>
  </message>
  <message>
   <source>What it is.</source>
   <translation>무엇인지.</translation>
  </message>
  <message>
   <source>What must be available to each member.</source>
   <translation>각 구성원에게 있어야 하는 것.</translation>
  </message>
  <message>
   <source>What must be available to it; in a network, what it must reach, too.</source>
   <translation>있어야 하는 것. 네트워크에서는 닿기도 해야 합니다.</translation>
  </message>
  <message>
   <source>What must be available to its client besides.</source>
   <translation>그 밖에 클라이언트에게 있어야 하는 것.</translation>
  </message>
  <message>
   <source>What the component stores is gone: its group must copy or rebuild it.</source>
   <translation>저장한 것이 사라집니다: 그룹이 복사하거나 재구성해야 합니다.</translation>
  </message>
  <message>
   <source>What the failure does: crash (the process is gone, the host refuses), hang (it accepts and never answers), silent (host or path is gone): these take it down, and differ in how detection sees them; mute (it serves on, but its heartbeats or VRRP advertisements stop).</source>
   <translation>고장이 하는 일: crash(프로세스가 사라지고 호스트가 거절), hang(받아들이지만 답이 없음), silent(호스트나 길이 사라짐)는 내려가게 하며 감지가 보는 모습이 다릅니다. mute(서비스는 계속되지만 하트비트나 VRRP 알림이 멈춤).</translation>
  </message>
  <message>
   <source>What the mode alone would leave of the component's time; gives the mean of an exponential time to failure, together with the time to repair.</source>
   <translation>이 모드만 있을 때 남는 시간의 비율. 수리 시간과 함께 지수 분포인 고장 시간의 평균을 줍니다.</translation>
  </message>
  <message>
   <source>What the topology is for.</source>
   <translation>토폴로지의 쓰임.</translation>
  </message>
  <message>
   <source>What the topology must reach.</source>
   <translation>토폴로지가 이루어야 하는 것.</translation>
  </message>
  <message>
   <source>When a write is acknowledged: at once; when the copy has it; the same, but for a time-out; or it is carried there with a snapshot now and then.</source>
   <translation>쓰기를 승인하는 때: 바로, 복사본이 가진 때, 시간 제한이 있는 그것, 또는 이따금 스냅샷으로 나릅니다.</translation>
  </message>
  <message>
   <source>When on each of its days; what goes past midnight belongs to the day on which it begins.</source>
   <translation>각 요일의 언제. 자정을 넘는 것은 시작한 날에 속합니다.</translation>
  </message>
  <message>
   <source>When only such copies have been there for so long.</source>
   <translation>그런 복사본만 이만큼 오래 있었을 때.</translation>
  </message>
  <message>
   <source>When, from the start of a run.</source>
   <translation>실행 시작부터 언제.</translation>
  </message>
  <message>
   <source>Where it may run; at first in turn.</source>
   <translation>실행될 수 있는 곳. 처음에는 차례로.</translation>
  </message>
  <message>
   <source>Where sessions live; a session is lost when all its copies are.</source>
   <translation>세션이 있는 곳. 복사본을 모두 잃으면 세션을 잃습니다.</translation>
  </message>
  <message>
   <source>Where the front end draws each component; no part of the meaning.</source>
   <translation>프런트엔드가 각 구성 요소를 그리는 자리. 의미에는 들지 않습니다.</translation>
  </message>
  <message>
   <source>Where the requests of a service come from. It does not fail.</source>
   <translation>서비스의 요청이 오는 곳. 고장 나지 않습니다.</translation>
  </message>
  <message>
   <source>Whether a copy is promoted that is known to lack acknowledged writes, while the newest is down.</source>
   <translation>가장 새로운 것이 내려가 있는 동안, 승인된 쓰기가 부족한 줄 아는 복사본을 승격하는지.</translation>
  </message>
  <message>
   <source>Whether a member that comes before the active one gets its role back when it returns.</source>
   <translation>활성보다 앞선 구성원이 돌아오면 역할을 되찾는지.</translation>
  </message>
  <message>
   <source>Whether an interval begins at the end of a check, as in HAProxy, or at its start, as in Kubernetes.</source>
   <translation>간격이 HAProxy처럼 검사의 끝에서, 또는 Kubernetes처럼 시작에서 시작하는지.</translation>
  </message>
  <message>
   <source>Whether several lost disks are rebuilt at once, or in the order of `members`.</source>
   <translation>잃은 여러 디스크를 한꺼번에, 또는 `members`의 순서로 재구성하는지.</translation>
  </message>
  <message>
   <source>Whether whoever takes over is promoted. With `none` it takes writes as it is: when the primary serves again these are lost (a `backup` server of a load balancer).</source>
   <translation>넘겨받는 것이 승격되는지. `none`이면 그대로 쓰기를 받고, 프라이머리가 돌아오면 그것은 유실됩니다(로드 밸런서의 `backup` 서버).</translation>
  </message>
  <message>
   <source>Which group must stand for it to be moved.</source>
   <translation>옮겨지려면 서 있어야 하는 그룹.</translation>
  </message>
  <message>
   <source>Which of these tries go to another member: a request that meets a failed one may still be served.</source>
   <translation>이 시도 가운데 다른 구성원으로 가는 것: 고장 난 것을 만난 요청도 처리될 수 있습니다.</translation>
  </message>
  <message>
   <source>Which of those that wait comes next; `shared` works on all at once.</source>
   <translation>기다리는 것 가운데 다음 차례. `shared`는 모두를 한꺼번에 합니다.</translation>
  </message>
  <message>
   <source>While it is down (`downinter`). Left out: the interval.</source>
   <translation>내려가 있는 동안(`downinter`). 비우면 검사 간격.</translation>
  </message>
  <message>
   <source>Who answers reads.</source>
   <translation>읽기에 답하는 것.</translation>
  </message>
  <message>
   <source>Who does the job, in order: names or patterns of components, sets such as `domain:rack-a`, or groups.</source>
   <translation>일하는 것을 차례로: 구성 요소의 이름이나 패턴, `domain:rack-a` 같은 집합, 또는 그룹.</translation>
  </message>
  <message>
   <source>With `heartbeat`: a member that is not heard is switched off before another takes over (STONITH), so that two are never active.</source>
   <translation>`heartbeat`일 때: 소식 없는 구성원을 끈 뒤에 넘겨받으므로(STONITH) 둘이 활성인 일이 없습니다.</translation>
  </message>
  <message>
   <source>With `heartbeat`: only a member that hears more than half of the votes may be active; one that does not steps down.</source>
   <translation>`heartbeat`일 때: 표의 과반을 듣는 구성원만 활성일 수 있고, 듣지 못하면 물러납니다.</translation>
  </message>
  <message>
   <source>With `min_replicas`: it goes on so long after it last heard of enough of them.</source>
   <translation>`min_replicas`일 때: 충분한 수의 소식을 마지막으로 들은 뒤 이만큼 계속합니다.</translation>
  </message>
  <message>
   <source>With `periodic`: from one snapshot to the next.</source>
   <translation>`periodic`일 때: 한 스냅샷에서 다음까지.</translation>
  </message>
  <message>
   <source>With `quorum`: an active member that no longer hears more than half of the votes goes on all the same, as nobody tells it (a Redis master under Sentinel).</source>
   <translation>`quorum`일 때: 과반의 소식을 듣지 못하게 된 활성 구성원이 그대로 계속합니다. 아무도 말해 주지 않기 때문입니다(Sentinel 아래의 Redis 마스터).</translation>
  </message>
  <message>
   <source>With `reads: any`: a copy that lacks writes answers no more when it has been behind for so long. Left out: it always does.</source>
   <translation>`reads: any`일 때: 쓰기가 부족한 복사본은 이만큼 뒤처지면 답하지 않습니다. 비우면 언제나 답합니다.</translation>
  </message>
  <message>
   <source>With `source_hash` or `sticky`: how much more than an even share the first member gets, where the heavy users are.</source>
   <translation>`source_hash`나 `sticky`일 때: 많이 쓰는 사용자가 몰린 첫 구성원이 고른 몫보다 더 받는 양.</translation>
  </message>
  <message>
   <source>With a leader, when the data of so many members are destroyed that those left cannot elect: from when these and a majority of machines are there until a person has formed the group anew from them.</source>
   <translation>리더가 있을 때, 너무 많은 구성원의 데이터가 없어져 남은 것들이 뽑을 수 없으면: 이들과 과반의 기계가 갖춰진 때부터 사람이 그룹을 새로 이룰 때까지.</translation>
  </message>
  <message>
   <source>With a leader: one more vote, without the data, that acknowledges no write (MongoDB, arbiter).</source>
   <translation>리더가 있을 때: 데이터 없이 쓰기를 승인하지 않는 표 하나 더(MongoDB, arbiter).</translation>
  </message>
  <message>
   <source>With synchronous copies: the primary waits for those that are missing so long, then goes on without them. Left out: with `semi_synchronous` 10s, as MySQL's rpl_semi_sync_source_timeout; else it never does.</source>
   <translation>동기 복사본이 있을 때: 없는 것을 이만큼 기다린 뒤 없이 계속합니다. 비우면 `semi_synchronous`는 MySQL의 rpl_semi_sync_source_timeout처럼 10초, 아니면 계속하지 않습니다.</translation>
  </message>
  <message>
   <source>With which a check of a member that is well fails.</source>
   <translation>멀쩡한 구성원의 검사가 실패할 확률.</translation>
  </message>
  <message>
   <source>With which a standby member fails when it is to take over, in its first failure mode.</source>
   <translation>대기 구성원이 넘겨받을 때 첫 고장 모드로 고장 날 확률.</translation>
  </message>
  <message>
   <source>With which a takeover needs nobody; decided for each.</source>
   <translation>인계에 사람이 필요 없을 확률. 매번 정해집니다.</translation>
  </message>
  <message>
   <source>With which each member that is up is struck, independently.</source>
   <translation>살아 있는 구성원이 각각 따로 타격받을 확률.</translation>
  </message>
  <message>
   <source>Without a leader: how long a member that was away lacks what was written meanwhile, once it is back (Cassandra: until hints are replayed). Its answers are stale. Left out: it has it at once.</source>
   <translation>리더가 없을 때: 없던 구성원이 돌아와서 그동안 쓴 것이 부족한 시간(Cassandra: 힌트를 재생할 때까지). 그 답은 낡았습니다. 비우면 바로 가집니다.</translation>
  </message>
  <message>
   <source>Write requests.</source>
   <translation>쓰기 요청.</translation>
  </message>
  <message>
   <source>Yearly failure rate: the probability to fail within a year of operation; the time to failure is exponential.</source>
   <translation>연간 고장률(AFR): 운영 1년 안에 고장 날 확률. 고장 시간은 지수 분포입니다.</translation>
  </message>
  <message>
   <source>a cache that is filled at once</source>
   <translation>바로 채워지는 캐시</translation>
  </message>
  <message>
   <source>a client that reads what it wrote</source>
   <translation>쓴 것을 읽는 클라이언트</translation>
  </message>
  <message>
   <source>a day or days of the week, like mon-fri</source>
   <translation>요일, mon-fri처럼</translation>
  </message>
  <message>
   <source>a disk is filled as soon as it is replaced</source>
   <translation>디스크는 교체하자마자 채워짐</translation>
  </message>
  <message>
   <source>a duration</source>
   <translation>시간</translation>
  </message>
  <message>
   <source>a duration or a distribution</source>
   <translation>시간 또는 분포</translation>
  </message>
  <message>
   <source>a hot standby runs like the active member</source>
   <translation>핫 스탠바이는 활성 구성원처럼 돎</translation>
  </message>
  <message>
   <source>a list of maps</source>
   <translation>맵의 목록</translation>
  </message>
  <message>
   <source>a list of numbers</source>
   <translation>수의 목록</translation>
  </message>
  <message>
   <source>a map</source>
   <translation>맵</translation>
  </message>
  <message>
   <source>a map from names to [x, y]</source>
   <translation>이름에서 [x, y]로 가는 맵</translation>
  </message>
  <message>
   <source>a map of names</source>
   <translation>이름의 맵</translation>
  </message>
  <message>
   <source>a name or a list of names of components</source>
   <translation>구성 요소의 이름 또는 목록</translation>
  </message>
  <message>
   <source>a name or a list of names of components or groups</source>
   <translation>구성 요소나 그룹의 이름 또는 목록</translation>
  </message>
  <message>
   <source>a name or a list of names of components, groups or domains</source>
   <translation>구성 요소, 그룹, 도메인의 이름 또는 목록</translation>
  </message>
  <message>
   <source>a name or a list of names of domains</source>
   <translation>도메인의 이름 또는 목록</translation>
  </message>
  <message>
   <source>a name or a list of names of domains, or {spread: […]}</source>
   <translation>도메인의 이름 또는 목록, 또는 {spread: […]}</translation>
  </message>
  <message>
   <source>a name or a list of names of failure modes</source>
   <translation>고장 모드의 이름 또는 목록</translation>
  </message>
  <message>
   <source>a name or a list of names of groups, or {all: […]} or {any: […]} or {shards: […]}</source>
   <translation>그룹의 이름 또는 목록, 또는 {all: […]}, {any: […]}, {shards: […]}</translation>
  </message>
  <message>
   <source>a name or a list of names of members</source>
   <translation>구성원의 이름 또는 목록</translation>
  </message>
  <message>
   <source>a name server that knows at once</source>
   <translation>바로 아는 이름 서버</translation>
  </message>
  <message>
   <source>a number</source>
   <translation>수</translation>
  </message>
  <message>
   <source>a number of writes</source>
   <translation>쓰기의 수</translation>
  </message>
  <message>
   <source>a percentage</source>
   <translation>백분율</translation>
  </message>
  <message>
   <source>a rate</source>
   <translation>비율(초당)</translation>
  </message>
  <message>
   <source>a run starts with all components new</source>
   <translation>실행은 모두 새것으로 시작함</translation>
  </message>
  <message>
   <source>a shock that spares nobody, as in the Marshall-Olkin model</source>
   <translation>Marshall-Olkin 모델처럼 아무도 남기지 않는 충격</translation>
  </message>
  <message>
   <source>a size</source>
   <translation>크기</translation>
  </message>
  <message>
   <source>a slow or overloaded service is degraded, not down</source>
   <translation>느리거나 과부하인 서비스는 저하된 것이지 중단된 것이 아님</translation>
  </message>
  <message>
   <source>a snapshot that is there at once</source>
   <translation>바로 도착하는 스냅샷</translation>
  </message>
  <message>
   <source>a standby that was tested</source>
   <translation>시험해 본 대기</translation>
  </message>
  <message>
   <source>a text</source>
   <translation>텍스트</translation>
  </message>
  <message>
   <source>a throughput</source>
   <translation>처리량</translation>
  </message>
  <message>
   <source>a whole number</source>
   <translation>정수</translation>
  </message>
  <message>
   <source>active_active</source>
   <translation>액티브-액티브</translation>
  </message>
  <message>
   <source>active_standby</source>
   <translation>액티브-스탠바이</translation>
  </message>
  <message>
   <source>all alike</source>
   <translation>모두 같음</translation>
  </message>
  <message>
   <source>applied as soon as received</source>
   <translation>받자마자 적용</translation>
  </message>
  <message>
   <source>at that very time</source>
   <translation>바로 그때</translation>
  </message>
  <message>
   <source>automation that always works</source>
   <translation>언제나 듣는 자동화</translation>
  </message>
  <message>
   <source>cache</source>
   <translation>캐시</translation>
  </message>
  <message>
   <source>checks that never err</source>
   <translation>틀리지 않는 검사</translation>
  </message>
  <message>
   <source>client</source>
   <translation>클라이언트</translation>
  </message>
  <message>
   <source>corosync.conf(5), `token`, with `misses`</source>
   <translation>corosync.conf(5), `token`과 `misses`</translation>
  </message>
  <message>
   <source>corosync.conf(5): a token time-out of 3 s, three heartbeats</source>
   <translation>corosync.conf(5): 토큰 시간 제한 3초, 하트비트 세 번</translation>
  </message>
  <message>
   <source>domain</source>
   <translation>도메인</translation>
  </message>
  <message>
   <source>etcd 3.5, Tuning: election-timeout</source>
   <translation>etcd 3.5, Tuning: election-timeout</translation>
  </message>
  <message>
   <source>etcd 3.5, Tuning: heartbeat-interval</source>
   <translation>etcd 3.5, Tuning: heartbeat-interval</translation>
  </message>
  <message>
   <source>etcd, Consul, Kafka's KRaft and RabbitMQ's quorum queues elect by Raft</source>
   <translation>etcd, Consul, Kafka의 KRaft, RabbitMQ의 쿼럼 큐는 Raft로 뽑음</translation>
  </message>
  <message>
   <source>every day</source>
   <translation>매일</translation>
  </message>
  <message>
   <source>firewall</source>
   <translation>방화벽</translation>
  </message>
  <message>
   <source>first come, first served, as a ticket queue</source>
   <translation>번호표처럼 먼저 온 것이 먼저</translation>
  </message>
  <message>
   <source>half a heartbeat: etcd 3.5, Tuning, asks for an interval of about a round trip, and a request for votes is on its way for half of one</source>
   <translation>하트비트의 절반: etcd 3.5, Tuning은 왕복 시간쯤의 간격을 권하고, 투표 요청은 그 절반 동안 길 위에 있음</translation>
  </message>
  <message>
   <source>handed over without a gap, as VRRP does</source>
   <translation>VRRP처럼 빈틈없이 넘김</translation>
  </message>
  <message>
   <source>hours of the day, like 08:00-20:00</source>
   <translation>하루의 시간, 08:00-20:00처럼</translation>
  </message>
  <message>
   <source>internet</source>
   <translation>인터넷</translation>
  </message>
  <message>
   <source>it keeps nothing, as a Deployment</source>
   <translation>Deployment처럼 아무것도 간직하지 않음</translation>
  </message>
  <message>
   <source>it tells that it is back</source>
   <translation>돌아왔음을 스스로 알림</translation>
  </message>
  <message>
   <source>keepalived.conf(5), `vrrp_script`</source>
   <translation>keepalived.conf(5), `vrrp_script`</translation>
  </message>
  <message>
   <source>keepalived.conf(5), `vrrp_version`</source>
   <translation>keepalived.conf(5), `vrrp_version`</translation>
  </message>
  <message>
   <source>link</source>
   <translation>연결</translation>
  </message>
  <message>
   <source>load_balancer</source>
   <translation>로드 밸런서</translation>
  </message>
  <message>
   <source>measured with HAProxy 2.6</source>
   <translation>HAProxy 2.6으로 측정함</translation>
  </message>
  <message>
   <source>multi_primary</source>
   <translation>다중 프라이머리</translation>
  </message>
  <message>
   <source>negligible beside what is served</source>
   <translation>처리하는 것에 견주어 무시할 만함</translation>
  </message>
  <message>
   <source>ngx_http_upstream_module, `fail_timeout`</source>
   <translation>ngx_http_upstream_module, `fail_timeout`</translation>
  </message>
  <message>
   <source>ngx_http_upstream_module, `max_fails`</source>
   <translation>ngx_http_upstream_module, `max_fails`</translation>
  </message>
  <message>
   <source>node</source>
   <translation>노드</translation>
  </message>
  <message>
   <source>one active member, as in VRRP (RFC 5798)</source>
   <translation>VRRP(RFC 5798)처럼 활성 하나</translation>
  </message>
  <message>
   <source>one member can do the job</source>
   <translation>하나로 충분함</translation>
  </message>
  <message>
   <source>one of active_active, active_standby, cache, multi_primary, primary_replica, queue, quorum or raid</source>
   <translation>active_active, active_standby, cache, multi_primary, primary_replica, queue, quorum, raid 중 하나</translation>
  </message>
  <message>
   <source>one of asynchronous, synchronous, semi_synchronous or periodic</source>
   <translation>asynchronous, synchronous, semi_synchronous, periodic 중 하나</translation>
  </message>
  <message>
   <source>one of client, node, load_balancer, switch, router, firewall, wan, internet, storage or volume</source>
   <translation>client, node, load_balancer, switch, router, firewall, wan, internet, storage, volume 중 하나</translation>
  </message>
  <message>
   <source>one of crash, hang, silent or mute</source>
   <translation>crash, hang, silent, mute 중 하나</translation>
  </message>
  <message>
   <source>one of end or start</source>
   <translation>end, start 중 하나</translation>
  </message>
  <message>
   <source>one of fcfs, priority, preemptive, random or shared</source>
   <translation>fcfs, priority, preemptive, random, shared 중 하나</translation>
  </message>
  <message>
   <source>one of full or rewind</source>
   <translation>full, rewind 중 하나</translation>
  </message>
  <message>
   <source>one of never, at_once or after</source>
   <translation>never, at_once, after 중 하나</translation>
  </message>
  <message>
   <source>one of never, last or each</source>
   <translation>never, last, each 중 하나</translation>
  </message>
  <message>
   <source>one of none, automatic or manual</source>
   <translation>none, automatic, manual 중 하나</translation>
  </message>
  <message>
   <source>one of parallel or one_at_a_time</source>
   <translation>parallel, one_at_a_time 중 하나</translation>
  </message>
  <message>
   <source>one of perfect, health_check, vrrp, heartbeat, passive, dns or delay</source>
   <translation>perfect, health_check, vrrp, heartbeat, passive, dns, delay 중 하나</translation>
  </message>
  <message>
   <source>one of primary or any</source>
   <translation>primary, any 중 하나</translation>
  </message>
  <message>
   <source>one of raft, delay or none</source>
   <translation>raft, delay, none 중 하나</translation>
  </message>
  <message>
   <source>one of round_robin, weighted, least_connections, source_hash or sticky</source>
   <translation>round_robin, weighted, least_connections, source_hash, sticky 중 하나</translation>
  </message>
  <message>
   <source>one of sticky, copies or store</source>
   <translation>sticky, copies, store 중 하나</translation>
  </message>
  <message>
   <source>one of takeover or none</source>
   <translation>takeover, none 중 하나</translation>
  </message>
  <message>
   <source>one queue, one server: M/M/1</source>
   <translation>큐 하나, 서버 하나: M/M/1</translation>
  </message>
  <message>
   <source>primary_replica</source>
   <translation>프라이머리-복제본</translation>
  </message>
  <message>
   <source>queue</source>
   <translation>큐</translation>
  </message>
  <message>
   <source>quorum</source>
   <translation>쿼럼</translation>
  </message>
  <message>
   <source>raid</source>
   <translation>RAID</translation>
  </message>
  <message>
   <source>ready as soon as it is placed</source>
   <translation>놓이자마자 준비됨</translation>
  </message>
  <message>
   <source>router</source>
   <translation>라우터</translation>
  </message>
  <message>
   <source>sent as soon as written</source>
   <translation>쓰자마자 보냄</translation>
  </message>
  <message>
   <source>storage</source>
   <translation>저장 장치</translation>
  </message>
  <message>
   <source>stream</source>
   <translation>복제 스트림</translation>
  </message>
  <message>
   <source>switch</source>
   <translation>스위치</translation>
  </message>
  <message>
   <source>the commonest failure of software</source>
   <translation>가장 흔한 소프트웨어 고장</translation>
  </message>
  <message>
   <source>the ideal that delays are compared with</source>
   <translation>지연을 견주어 볼 이상적인 경우</translation>
  </message>
  <message>
   <source>the name of a client</source>
   <translation>클라이언트의 이름</translation>
  </message>
  <message>
   <source>the name of a component</source>
   <translation>구성 요소의 이름</translation>
  </message>
  <message>
   <source>the name of a component, link or domain</source>
   <translation>구성 요소, 연결, 도메인의 이름</translation>
  </message>
  <message>
   <source>the name of a crew</source>
   <translation>작업반의 이름</translation>
  </message>
  <message>
   <source>the name of a group</source>
   <translation>그룹의 이름</translation>
  </message>
  <message>
   <source>the name of a type</source>
   <translation>유형의 이름</translation>
  </message>
  <message>
   <source>the repairman of the textbook</source>
   <translation>교과서의 수리공 한 명</translation>
  </message>
  <message>
   <source>the whole day</source>
   <translation>온종일</translation>
  </message>
  <message>
   <source>true or false</source>
   <translation>true 또는 false</translation>
  </message>
  <message>
   <source>volume</source>
   <translation>볼륨</translation>
  </message>
  <message>
   <source>wan</source>
   <translation>광역망</translation>
  </message>
  <message>
   <source>within a rack</source>
   <translation>랙 안</translation>
  </message>
 </context>
</TS>

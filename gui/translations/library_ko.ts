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
   <source>1: mirrors, all but one may be lost; 5: one may be lost; 6: two.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>2 (RFC 3768) or 3 (RFC 5798): the skew is a part of a second, or of an advertisement.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>4: whether it accepts a connection, which one that hangs does; 7: whether it answers.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A disk or a logical volume. Without a link it is attached directly to those that need it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A machine or instance that runs something and may hold data.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A reusable type: all of it is taken, map by map; `none` removes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A wide-area network between sites.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Acknowledges writes and passes them on when what is behind it takes them; reads do not pass it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After a first failure, or a first success of one that is down (`fastinter`). Left out: the interval.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After a longer absence it takes `repair` instead (Cassandra: max_hint_window). Left out: never.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After a loss, once all disks are there, until the data is back from a backup.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>After that, up to twice as long and drawn by each, a member that hears no leader stands for election.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All members serve at once, each its share.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>All members take writes and send them to one another.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>An undirected network connection between two components.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Another type that this one extends.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Answers reads that it has; the others, and what a lost member had, go on to the next group. A service is up while those behind it are, and its hits are served without them, too.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Anything that can fail, and clients.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As in Raft: the first whose time-out ends wins.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>As long as a law says.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>At once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Between advertisements.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Between checks.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Between heartbeats.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Between runs of the tracked script.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>By monitoring of which only the delay is known.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Clients are sent elsewhere by a change of a name's answer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Components that do one job together.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Components that share a fate. Its failure masks its members: they are unusable while it lasts, their own clocks and repairs run on, and they restart, if they have a `restart`, when it returns.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Components that share a fate: racks, power feeds, zones.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Copies of which so many must acknowledge a write, with a leader or without.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Disks that hold one another's data. A failure mode with `destroys_data` loses what a member stores; once the member is back it is rebuilt from the others. With more lost than the level tolerates the data is gone until it is restored.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Failed requests until a member is left out.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Failing checks in a row until a member is marked down.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Failing runs in a row until the address is given up.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Failures in 1e9 hours of operation; the time to failure is exponential.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Faults at stated times, beside those by chance: for tests, teaching and chaos experiments.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Forwards between all that is linked to it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Forwards between networks.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Forwards what it lets through.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From new, or from the end of the last repair, until it fails, in operating time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From one backup to the next.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the end of a repair until it is up again; its clocks stand still meanwhile.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the end of the fault until that is noticed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the fault until it is noticed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the fault until the name no longer points there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the loss of its host until it may start elsewhere.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the loss of the leader, or the return of a majority, until there is one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the notice of a failure until the others have taken over what the failed member did; none of them serves meanwhile, as when a cluster forms anew.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the notice until a person has done it, where automation did not work.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the notice until the standby member serves.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the replacement of a disk until it holds its share again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>From the start of the repair until it is as good as new.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Good checks in a row until it is marked up.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>HAProxy Configuration Manual, `balance`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>HAProxy Configuration Manual, `fall`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>HAProxy Configuration Manual, `inter`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>HAProxy Configuration Manual, `option httpchk`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>HAProxy Configuration Manual, `option redispatch`: off</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>HAProxy Configuration Manual, `retries`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>HAProxy Configuration Manual, `rise`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>HAProxy Starter Guide, `timeout client 30s`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>HAProxy Starter Guide, `timeout connect 5s`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Hands the requests of a service on to the next group.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Heartbeats in a row that must be missing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How a failed member is noticed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How a leader is found.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How a member gets back data that it has lost, or writes that it missed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How fast a copy is written anew from another; goes with `data`. Left out: in no time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How fast a standby member ages: 0 % cold, 100 % hot, between them warm.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long a check waits for an answer (`timeout check`). Left out: the interval.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long a client waits before its request counts as failed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long a copy that is promoted applies what it has received but not applied; it goes on top of `takeover`.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long a member that comes back empty has none of them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long a session is on average; its length is exponential. Left out: sessions are spread evenly over who serves, at all times.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long a try waits for a connection.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long a write is on the wire. It is lost if a copy is promoted sooner.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long ago the oldest acknowledged write was that has not been sent. It is lost with the primary.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long clients keep an answer: they leave at a time spread over it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long it is left out then; after that one request tries it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long it lacks them after a longer absence: until the next repair.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long it must be back first; with `manual`, until a person does it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How long nobody serves while the role goes back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many members must serve for the group to stand.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many members must serve for the group to stand. Left out: as many as are active.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many members serve at a time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many members, or votes, must answer a read. Left out: without a leader more than half of them; with one, reads go through it as writes do.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many members, or votes, must have a write before it is acknowledged. Left out: more than half of the votes. With fewer a leader may be elected that lacks some, and these are lost.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many repairs it does at a time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many requests come.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many requests it works on at once, each at capacity/maxconn; the others wait in its queue (HAProxy Configuration Manual, `maxconn`).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many sessions there are, if none is lost. Where they live is said by `sessions` of a group.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many synchronous copies must have a write before it is acknowledged. Left out: all of them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many writes have room; more are rejected until a hundredth is free again. Left out: there is no bound.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How many writes those who take from it manage while what is behind serves all that is offered; where it serves less, so many drain.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How much there is to copy.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How often a connection that failed is tried again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How often the leader says that it is there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How old it is when a run starts.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How requests are shared among the members that are taken for well.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How the workload changes over day and week.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>How writes get to the copies; a stream may say otherwise.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>If two stand for election within that time of each other, the vote is split and all draw again.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In a group of its own, where losing a server loses none.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>In which of its failure modes. Left out: as `effect` says.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Instead of a level: an erasure code of which so many parts may be lost. With 8 data and 3 parity parts the group has 11 members.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Instead of a mode: What the failure does: crash (the process is gone, the host refuses), hang (it accepts and never answers), silent (host or path is gone): these take it down, and differ in how detection sees them; mute (it serves on, but its heartbeats or VRRP advertisements stop).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Into how many equal parts the keys are divided. Each is a group by itself, on as many of the members as `copies` says, and a request goes to the one that has its key. Left out: one.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It passes on what is not for it: in line, like a bridge.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>It waits for the newest copy.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its failure modes, by name.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Its rank with crews of discipline `priority` or `preemptive`: 1 comes first.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kubernetes, Deployment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Kubernetes: 40 s (node-monitor-grace-period) and 5 min (tolerationSeconds of not-ready)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left out: repaired at once, by a crew of its own.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Left out: yes. `false`: it waits for its own host, as with a local volume.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Like any other.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean time to failure; the time is exponential.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Mean time to repair; the time is exponential.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Members that serve only while none of the others is in view; of several the first (HAProxy Configuration Manual, `backup`).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Met in a run if every service is available for at least this share of the horizon.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>More than that on another host: a volume is detached and attached there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Network connections. Without any, all components reach one another.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>No checks: requests that fail tell, and are passed to another member.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of a domain: instead of masking its members for a while it makes them fail, each with a repair of its own. Takes the place of the time to repair.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the members, in their order, the highest first. Left out: 100 (RFC 5798, 5.2.4), and one less for each that follows.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the members, in their order, where they do not have one each: whole numbers. Quorums count votes; who has none stores a copy, but neither acknowledges nor leads.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the members, in their order, with `balance: weighted`.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the reads: those that it has, each member its share of the keys.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the workload.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of the writes that are acknowledged while members do not exchange them: those that contradict another, and are dropped when they meet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Of these, one must be available to it: two power feeds.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On how many members each shard is: those that follow in the list from its share of the way on, the first behind the last. Left out: on all.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On so many members; copied anew as soon as one is lost.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On the member that serves it: its requests go there.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>On which days; a run starts on a Monday, 00:00.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One line that says what this is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One member takes the writes, the others copy them; one of those is promoted when it is lost.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One more vote, without a copy of the service. Needs `heartbeat`, implies `quorum`.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One of higher priority that returns takes the address back. Left out: yes (RFC 5798, 6.1).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>One way; a response comes back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Pacemaker Explained, `resource-stickiness`: stay where it runs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni 3, maximum_lag_on_failover: one that is too far behind is not</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Patroni, Sentinel, Orchestrator: a failover promotes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL 15, pg_basebackup; pg_rewind must be asked for</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>PostgreSQL, MySQL and Redis replicate asynchronously unless told otherwise</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>RFC 1912, section 2.2: an hour is a low value</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>RFC 5798, section 5.2.7</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>RFC 5798, section 6.1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Read requests.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recovery point objective: met in a run if no single loss of acknowledged writes is larger.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Recovery time objective: met in a run if no outage lasts longer.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Redis 7, redis.conf: min-replicas-max-lag</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Repair crews that components share.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Reusable component types.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Shared storage that others need: a SAN, an array, a file server. Without a link it is attached directly to those that need it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>So many failed requests in a row mark a member down, too, before the checks do (`observe layer7`, `error-limit`, `on-error mark-down`).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Some members serve, the first of the list at the start; the others stand by.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The active member advertises itself; another takes over when it hears nothing.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The client whose requests these are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The component stays up, with this fraction of its capacity; its other clocks run on, and fractions of several modes multiply.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The crew that repairs it, one of `crews`.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The failure domains that it is in: all of a list; with {spread: […]} the components of a range take turns.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The failure mode in which members fail; those that do not have it are spared.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The failure modes that a tracked script sees. Then others that leave the host alive (crash, hang) go unnoticed. Left out: with any failure the advertisements stop.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The groups that a request passes, in order. {all: [a, b]} are all passed, one after the other, {any: [a, b]} are alternatives, {shards: [a, b]} have each an equal part of the keys; each is reached from the group before.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The hosts on one of which it runs; it is moved to another when its own is lost.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The larger domains that it lies in.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The member of a primary_replica group that it feeds.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The member that it comes from. Left out: whichever is the primary.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The members send one another heartbeats.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The most requests it can serve; left out, as many as come, in no time.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The network between clients and a site.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The path of reads, where it is another.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The path of writes, where it is another.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The primary takes writes only while so many copies follow it, though it waits for none (Redis, min-replicas-to-write).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The redundancy policy of the group.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The same in time: met if none reaches further back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The service counts as down while it serves less than this share of what is offered, of reads or of writes. With shards: left out, all of them are needed.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>The version of the language: 1.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>There is no leader: any member takes a request and asks the others.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Those before it in the chain ask each member at intervals.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Two ends: a name, and a name, pattern or set (`domain:rack-a`), which makes one link to each other component of it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Unrecoverable read errors per bit, as in data sheets of disks: 1e-15. One that a rebuild meets when no redundancy is left loses the data. Needs `disk_size`.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Until a snapshot can be used at the copy.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Until it is ready on another host, or on its own once that is back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Until it is repaired. Left out: as the mode is repaired.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Until the newest backup is in place.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Up to how much later, at random: each run has a phase of its own.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What a former primary does that has writes which were lost: it is copied in full, or drops them and follows.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What a rebuild reads of each disk that it needs.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What a stream can carry; goes with `write_size`. What is too much waits, and is caught up with what is spare. Left out: all.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What a write takes on the stream.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What becomes of writes that contradict each other.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What carries writes to a copy: a process with failures of its own, over the links beneath.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What carries writes to copies, where it is not as the group says.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What fails.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What is gone with all copies is lost back to the newest backup.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What it is.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What must be available to each member.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What must be available to it; in a network, what it must reach, too.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What must be available to its client besides.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the component stores is gone: its group must copy or rebuild it.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the failure does: crash (the process is gone, the host refuses), hang (it accepts and never answers), silent (host or path is gone): these take it down, and differ in how detection sees them; mute (it serves on, but its heartbeats or VRRP advertisements stop).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the mode alone would leave of the component's time; gives the mean of an exponential time to failure, together with the time to repair.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the topology is for.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>What the topology must reach.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When a write is acknowledged: at once; when the copy has it; the same, but for a time-out; or it is carried there with a snapshot now and then.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When on each of its days; what goes past midnight belongs to the day on which it begins.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When only such copies have been there for so long.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>When, from the start of a run.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where it may run; at first in turn.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where sessions live; a session is lost when all its copies are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where the front end draws each component; no part of the meaning.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Where the requests of a service come from. It does not fail.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether a copy is promoted that is known to lack acknowledged writes, while the newest is down.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether a member that comes before the active one gets its role back when it returns.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether an interval begins at the end of a check, as in HAProxy, or at its start, as in Kubernetes.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether several lost disks are rebuilt at once, or in the order of `members`.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Whether whoever takes over is promoted. With `none` it takes writes as it is: when the primary serves again these are lost (a `backup` server of a load balancer).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which group must stand for it to be moved.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which of these tries go to another member: a request that meets a failed one may still be served.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Which of those that wait comes next; `shared` works on all at once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>While it is down (`downinter`). Left out: the interval.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Who answers reads.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Who does the job, in order: names or patterns of components, sets such as `domain:rack-a`, or groups.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With `heartbeat`: a member that is not heard is switched off before another takes over (STONITH), so that two are never active.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With `heartbeat`: only a member that hears more than half of the votes may be active; one that does not steps down.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With `min_replicas`: it goes on so long after it last heard of enough of them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With `periodic`: from one snapshot to the next.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With `quorum`: an active member that no longer hears more than half of the votes goes on all the same, as nobody tells it (a Redis master under Sentinel).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With `reads: any`: a copy that lacks writes answers no more when it has been behind for so long. Left out: it always does.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With `source_hash` or `sticky`: how much more than an even share the first member gets, where the heavy users are.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With a leader, when the data of so many members are destroyed that those left cannot elect: from when these and a majority of machines are there until a person has formed the group anew from them.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With a leader: one more vote, without the data, that acknowledges no write (MongoDB, arbiter).</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With synchronous copies: the primary waits for those that are missing so long, then goes on without them. Left out: with `semi_synchronous` 10s, as MySQL's rpl_semi_sync_source_timeout; else it never does.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With which a check of a member that is well fails.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With which a standby member fails when it is to take over, in its first failure mode.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With which a takeover needs nobody; decided for each.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>With which each member that is up is struck, independently.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Without a leader: how long a member that was away lacks what was written meanwhile, once it is back (Cassandra: until hints are replayed). Its answers are stale. Left out: it has it at once.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Write requests.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Yearly failure rate: the probability to fail within a year of operation; the time to failure is exponential.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a cache that is filled at once</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a client that reads what it wrote</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a day or days of the week, like mon-fri</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a disk is filled as soon as it is replaced</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a duration</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a duration or a distribution</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a hot standby runs like the active member</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a list of maps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a list of numbers</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a map</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a map from names to [x, y]</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a map of names</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a name or a list of names of components</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a name or a list of names of components or groups</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a name or a list of names of components, groups or domains</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a name or a list of names of domains</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a name or a list of names of domains, or {spread: […]}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a name or a list of names of failure modes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a name or a list of names of groups, or {all: […]} or {any: […]} or {shards: […]}</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a name or a list of names of members</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a name server that knows at once</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a number of writes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a percentage</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a rate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a run starts with all components new</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a shock that spares nobody, as in the Marshall-Olkin model</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a size</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a slow or overloaded service is degraded, not down</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a snapshot that is there at once</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a standby that was tested</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a text</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a throughput</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>a whole number</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>active_active</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>active_standby</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>all alike</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>applied as soon as received</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>at that very time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>automation that always works</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>cache</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>checks that never err</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>client</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>corosync.conf(5), `token`, with `misses`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>corosync.conf(5): a token time-out of 3 s, three heartbeats</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>domain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>etcd 3.5, Tuning: election-timeout</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>etcd 3.5, Tuning: heartbeat-interval</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>etcd, Consul, Kafka's KRaft and RabbitMQ's quorum queues elect by Raft</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>every day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>firewall</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>first come, first served, as a ticket queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>half a heartbeat: etcd 3.5, Tuning, asks for an interval of about a round trip, and a request for votes is on its way for half of one</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>handed over without a gap, as VRRP does</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>hours of the day, like 08:00-20:00</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>internet</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it keeps nothing, as a Deployment</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>it tells that it is back</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>keepalived.conf(5), `vrrp_script`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>keepalived.conf(5), `vrrp_version`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>link</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>load_balancer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>measured with HAProxy 2.6</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>multi_primary</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>negligible beside what is served</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ngx_http_upstream_module, `fail_timeout`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ngx_http_upstream_module, `max_fails`</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>node</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one active member, as in VRRP (RFC 5798)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one member can do the job</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of active_active, active_standby, cache, multi_primary, primary_replica, queue, quorum or raid</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of asynchronous, synchronous, semi_synchronous or periodic</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of client, node, load_balancer, switch, router, firewall, wan, internet, storage or volume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of crash, hang, silent or mute</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of end or start</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of fcfs, priority, preemptive, random or shared</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of full or rewind</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of never, at_once or after</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of never, last or each</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of none, automatic or manual</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of parallel or one_at_a_time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of perfect, health_check, vrrp, heartbeat, passive, dns or delay</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of primary or any</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of raft, delay or none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of round_robin, weighted, least_connections, source_hash or sticky</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of sticky, copies or store</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one of takeover or none</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>one queue, one server: M/M/1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>primary_replica</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>queue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>quorum</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>raid</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>ready as soon as it is placed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>router</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>sent as soon as written</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>storage</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>stream</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>switch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the commonest failure of software</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the ideal that delays are compared with</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the name of a client</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the name of a component</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the name of a component, link or domain</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the name of a crew</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the name of a group</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the name of a type</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the repairman of the textbook</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>the whole day</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>true or false</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>volume</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>wan</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>within a rack</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>

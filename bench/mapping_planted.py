#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""mapping_planted.py SHARED OUT [SEED] - planted patents in other words than `patopic synth`, for bench/mapping.sh.

Inside: the keywords of the shared copy of the standard (not the seeds of dict/items.tsv) in the sentences below, a fifth of
the documents with a keyword of a second item. Outside: everyday goods named here, never read from dict/outside.tsv.
OUT/other/patents.xml and OUT/other.tsv (application_number, in_region, item_id; no item = outside)."""
import csv, os, random, sys

shared, out = sys.argv[1], sys.argv[2]
rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 7)

# What it is, and the words of its description: goods of the house that no item of the standard covers.
GOODS = """접이식 의자:등받이 좌판 다리대 쿠션|아동용 책상:상판 서랍 높이조절 다리|소파:팔걸이 쿠션 프레임 가죽|침대 프레임:헤드보드 갈빗살 매트리스 측판|신발장:선반 도어 신발 칸막이|
책꽂이:선반판 책 받침 칸|옷걸이:어깨부 고리 바지걸이 집게|행거:봉 받침대 의류 바퀴|벽시계:문자판 바늘 벽걸이 테두리|거울:거울면 테두리 걸이 받침|화장대:거울 서랍 상판 조명갓|우산:우산살 손잡이 원단 살대|
지팡이우산:손잡이 우산대 살 꼭지|지갑:카드칸 지폐칸 똑딱이 가죽|핸드백:끈 안감 덮개 버클|배낭:어깨끈 수납칸 지퍼 등판|여행 가방:바퀴 손잡이 지퍼 외피|모자:챙 땀받이 조임끈 머리둘레|넥타이:매듭 깃 안감 고리|허리띠:버클 띠 구멍 끝단|
장갑:손가락부 손등 손목 안감|양말:발목 뒤꿈치 발가락 밴드|슬리퍼:밑창 발등 갑피 뒤축|구두:굽 갑피 깔창 끈|안경집:뚜껑 안감 자석 케이스|귀걸이:침 장식 보석 마감|목걸이:줄 펜던트 고리 장식|머리핀:집게 장식 스프링 머리카락|
빗:빗살 손잡이 머리카락 받침|손톱깎이:날 레버 손톱 받이|면도날 보관함:날 뚜껑 보관 홈|칫솔 걸이:흡착판 걸이 홈 벽면|비누 받침:물빠짐 홈 받침대 비누|수건걸이:봉 브래킷 벽면 수건|휴지걸이:축 덮개 휴지 심|변기 커버:시트 덮개 힌지 완충|
세면대 선반:선반 지지대 세면대 벽면|샤워 커튼:고리 봉 원단 추|욕실 매트:미끄럼 돌기 물빠짐 바닥|싱크대 거름망:거름망 손잡이 배수 음식물|도마:칼집 홈 손잡이 받침|식칼:칼날 손잡이 칼등 칼끝|국자:손잡이 머리 걸이 홈|주걱:머리 손잡이 돌기 밥|
프라이팬:바닥 손잡이 코팅 뚜껑|냄비 뚜껑:손잡이 증기구멍 테두리 유리|찜기:찜판 물받이 뚜껑 손잡이|주전자:주둥이 손잡이 뚜껑 몸체|물병:뚜껑 마개 빨대 몸체|도시락 가방:보온재 지퍼 끈 안감|밀폐용기:뚜껑 패킹 잠금날개 용기|수저통:칸막이 물빠짐 걸이 수저|
젓가락:끝단 손잡이 홈 길이|컵 받침:코르크 테두리 미끄럼 컵|와인 따개:스크루 손잡이 코르크 병|병따개:걸림턱 손잡이 병마개 자석|쟁반:테두리 손잡이 미끄럼 바닥|앞치마:끈 주머니 원단 목걸이|행주:원단 고리 물기 짜임|수세미:그물 스펀지 손잡이 거품|
빗자루:솔 손잡이 자루 걸이|쓰레받기:날 손잡이 턱 빗자루|대걸레:걸레 자루 탈수 패드|쓰레기통:뚜껑 페달 봉투 몸체|빨래집게:집게 스프링 톱니 손잡이|빨래 건조대:날개 다리 살대 접힘|다리미판:상판 다리 덮개 받침|바늘꽂이:솜 받침 바늘 덮개|
연필깎이:칼날 통 손잡이 톱밥|지우개:고무 홀더 케이스 가루|필통:칸 지퍼 뚜껑 연필|볼펜:심 스프링 누름 클립|형광펜:팁 뚜껑 잉크 몸통|공책:표지 속지 제본 줄|스테이플러:심 누름판 손잡이 철침|서류철:표지 집게 고리 구멍|책갈피:고리 자석 책장 술|
자:눈금 손잡이 모서리 홈|칠판 지우개:펠트 손잡이 가루 흡입|달력:삼각대 낱장 스프링 날짜|봉투:덮개 봉합 창 접착|스티커북:낱장 이형지 표지 그림|인형:몸통 머리 솜 의상|봉제 인형:솜 눈 원단 바느질|블록 완구:블록 돌기 홈 조립|팽이:축 몸체 줄 회전|
장난감 자동차:바퀴 차체 태엽 손잡이|소꿉놀이 세트:접시 모형 냄비 칼|퍼즐판:조각 판 홈 그림|구슬 놀이판:구슬 홈 경사 판|연:살 실 꼬리 얼레|풍선 장식:풍선 고리 끈 받침|비눗방울 놀이기구:비눗물 고리 손잡이 통|모래놀이 삽:삽날 손잡이 양동이 모래|
그네:줄 발판 기둥 고리|미끄럼틀:활주판 계단 난간 받침|목마:몸체 손잡이 안장 받침대|크리스마스 트리:가지 받침 전구 장식|양초:심지 왁스 용기 향|액자:틀 유리 받침 뒷판|꽃병:주둥이 몸체 받침 꽃|조화 화분:꽃 줄기 화분 장식|
부채:살 손잡이 종이 축|명함 케이스:뚜껑 칸 명함 자석|열쇠고리:고리 장식 열쇠 줄|자물쇠:고리 몸통 열쇠구멍 걸쇠|경첩:축 날개 나사 문짝|문 손잡이:손잡이 축 걸림쇠 문짝|방충망 틀:망 틀 모서리 고무줄|커튼 봉:봉 고리 브래킷 커튼|블라인드 끈:끈 추 슬랫 걸이|
나사못:머리 나사산 몸통 홈|와셔:구멍 테두리 두께 볼트|케이블 타이:띠 걸림턱 머리 톱니|줄자:눈금 테이프 케이스 걸쇠|망치:머리 자루 못뽑이 손잡이|스패너:조 손잡이 너트 턱|공구함:칸막이 뚜껑 손잡이 잠금쇠|사다리:디딤판 다리 접힘 고정쇠|손수레:바퀴 손잡이 적재판 프레임|
전선 몰드:덮개 바닥판 접착 전선|단자 커버:덮개 나사 단자 걸림턱|플러그 덮개:덮개 구멍 핀 손잡이|재떨이:홈 뚜껑 재 용기|라이터 케이스:덮개 라이터 고리 몸체|유골함:뚜껑 함체 받침 장식|제사상:상판 다리 접힘 제기|화환 받침대:다리 고리 꽃 접힘|현수막 봉:봉 끈 고리 원단"""
GOODS = [(a.strip(), b.split()) for a, b in (g.split(":") for g in GOODS.replace("\n", "").split("|"))]

INSIDE = ["{a}을(를) 구비하여 {b}의 상태를 살피고 {c}에 따라 {d}을(를) 맞추어 주는 것이다.",
          "여기서 {a}은(는) {b}와 서로 마주하게 놓이고, {c}을(를) 통하여 {d}로 이어진다.",
          "이를 위하여 {a} 및 {b}가 갖추어지며, {c}가 더 들어갈 수 있다.",
          "{a}의 값이 정해진 범위를 벗어나면 {b}를 멈추고 {c}를 알린다.",
          "또한 {a}과 {b}를 함께 쓰면 {c}가 좋아지는 효과를 얻는다.",
          "종래에는 {a}에서 {b}가 고르지 못하여 {c}가 떨어지는 문제가 있었다."]
OUTSIDE = ["{a}에 {b}을(를) 덧대어 손쉽게 다룰 수 있게 한 것이다.", "이때 {a}의 한쪽 끝에는 {b}이(가) 있고 다른 쪽에는 {c}이(가) 있다.",
           "쓰지 않을 때에는 {a}을(를) 접어 {b} 안에 넣어 둔다.", "{a}와 {b} 사이에 틈이 생기지 않아 {c}가 쉽게 빠지지 않는다.",
           "값이 싸고 만들기 쉬우며 {a}가 망가지더라도 {b}만 갈아 끼우면 된다.", "종래의 것은 {a}가 무거워 {b}를 들고 다니기 어려웠다."]
HEADS = ["장치", "방법", "구조", "시스템", "조립체", "제조방법"]
ADJECTIVES = ["개선된", "새로운", "다목적", "휴대가 쉬운", "효율을 높인", "간편한"]


def particle(word, pair):
    """을(를) after a syllable with a final consonant is 을, and so on; other letters as if they had none."""
    last = ord(word[-1])
    return pair[0] if 0xAC00 <= last <= 0xD7A3 and (last - 0xAC00) % 28 else pair[-1]


def fill(sentence, words):
    names = {slot: rng.choice(words) for slot in "abcd"}
    for slot, word in names.items():
        for written in ("을(를)", "은(는)", "이(가)", "을", "를", "와", "과", "가"):
            pair = {"을": "을를", "은": "은는", "이": "이가", "를": "을를", "와": "과와", "과": "과와", "가": "이가"}[written[0]]
            sentence = sentence.replace("{" + slot + "}" + written, word + particle(word, pair))
        sentence = sentence.replace("{" + slot + "}", word)
    return sentence


items = list(csv.DictReader(open(shared + "/taxonomy/innovation_items.tsv", encoding="utf-8"), delimiter="\t"))
records = []
for n in range(4000):
    item = rng.choice(items)
    words = item["keywords"].split("|")
    mine = rng.sample(words, min(len(words), rng.randint(3, 5)))
    text = [fill(rng.choice(INSIDE), mine) for _ in range(rng.randint(3, 5))]
    if rng.random() < .2:
        other = rng.choice(items)["keywords"].split("|")
        text.append(fill(rng.choice(INSIDE), rng.sample(other, min(2, len(other)))))
    title = f"{rng.choice(ADJECTIVES)} {mine[0]}을 위한 {mine[1]} {rng.choice(HEADS)}"
    records.append((item["item_id"], title, "본 발명은 " + title + "에 관한 것이다. " + " ".join(text)))
for n in range(1200):
    name, parts = rng.choice(GOODS)
    title = f"{rng.choice(ADJECTIVES)} {name}"
    words = parts + [name]
    text = [fill(rng.choice(OUTSIDE), words) for _ in range(rng.randint(3, 5))]
    records.append(("", title, "본 고안은 " + title + "에 관한 것이다. " + " ".join(text)))
rng.shuffle(records)

os.makedirs(out + "/other", exist_ok=True)
with open(out + "/other/patents.xml", "w", encoding="utf-8") as f, open(out + "/other.tsv", "w", encoding="utf-8") as t:
    f.write('<?xml version="1.0" encoding="UTF-8"?>\n<response><body><items>\n')
    t.write("application_number\tin_region\titem_id\n")
    for n, (item, title, abstract) in enumerate(records):
        number = f"10{2000 + n % 24}{n:07d}"
        f.write(f"<PatentUtilityInfo><Applicant>주식회사 가나</Applicant><ApplicationDate>{2000 + n % 24}0101</ApplicationDate>"
                f"<ApplicationNumber>{number}</ApplicationNumber><Abstract>{abstract}</Abstract><InventionName>{title}"
                f"</InventionName></PatentUtilityInfo>\n")
        t.write(f"{number}\t0\t{item}\n")
    f.write("</items></body></response>\n")

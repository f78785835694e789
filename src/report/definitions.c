/* SPDX-License-Identifier: Apache-2.0 */
#include "report/settings.h"

const pt_definition pt_definitions[PT_N_DEFINITIONS] = {
    {"특허 수 (x_rk)",
     "Σ_d w_dr π_dk: 지역 r의 특허를 품목별 몫 π_dk로 나누어 더한 값. 한 특허가 여러 품목에 걸치면 나누어 "
     "세므로 소수가 "
     "나옵니다. w_dr은 그 특허가 지역에 속하는 몫입니다.",
     "patents (x_rk)",
     "Σ_d w_dr π_dk: the region's patents, each divided among its items by the shares π_dk, so it may be a "
     "fraction. "
     "w_dr is the part of the patent that counts for the region."},
    {"비중", "x_rk / x_r: 지역 특허 가운데 이 품목의 몫.", "share",
     "x_rk / x_r: the item's part of the region's patents."},
    {"특화도 (LQ)",
     "(x_rk / x_r) / (x_k / x): 지역의 비중을 비교 집단의 비중으로 나눈 값. 1보다 크면 지역이 더 특화되어 "
     "있습니다.",
     "location quotient (LQ)",
     "(x_rk / x_r) / (x_k / x): the region's share over the reference's. Above 1 the region is specialised."},
    {"특화도 (수축)",
     "((x_rk + κ p_k) / (x_r + κ)) / p_k, p_k = x_k / x: 특허가 적은 품목의 값을 1 쪽으로 당긴 특화도. "
     "구간은 "
     "붓스트랩의 5 %와 95 %입니다.",
     "shrunk LQ",
     "((x_rk + κ p_k) / (x_r + κ)) / p_k, p_k = x_k / x: items with few patents are drawn towards 1. The "
     "interval is "
     "the 5 % and 95 % of the bootstrap."},
    {"연평균 성장",
     "처음 3년 평균과 마지막 3년 평균(각각 +0.5) 사이의 연평균 증가율. 4년이 안 되면 비어 있습니다.",
     "growth",
     "Compound yearly growth between the means (+0.5) of the first and the last 3 years; empty below 4 "
     "years."},
    {"최근성", "최근 3년에 출원된 몫을 지역 전체의 그 몫으로 나눈 값. 1보다 크면 최근에 늘어난 품목입니다.",
     "recency", "The item's share filed in the last 3 years over the same share of the whole region."},
    {"점수",
     "비중·특화도·성장·최근성의 백분위 순위의 가중 기하 평균 (0~1). 무게는 설정에 있고, 기본은 특화도만 "
     "셉니다.",
     "score",
     "Weighted geometric mean of the percentile ranks of share, LQ, growth and recency (0 to 1). The "
     "settings show "
     "the weights; by default the LQ counts alone."},
    {"안정성", "특허를 다시 뽑은 붓스트랩에서 이 품목이 선정에 남은 비율.", "stability",
     "Share of bootstrap draws in which the item stays selected."},
    {"응집도",
     "기술에 묶인 특허와 그 중심 사이 코사인 유사도의 평균. 0.40보다 낮으면 ‘이질적’으로 표시합니다.",
     "cohesion",
     "Mean cosine between a technology's patents and their centroid; below 0.40 it is marked mixed."},
    {"미분류", "어느 품목의 근거도 뚜렷하지 않아 모형이 판단을 미룬 특허. 버리지 않고 따로 셉니다.",
     "unclassified",
     "Patents for which no item has clear evidence: the model abstains; they are counted apart, not "
     "dropped."},
};

const pt_step pt_steps[PT_N_STEPS] = {
    {"특허 XML에서 제목과 초록을 읽고, 같은 출원번호는 하나만 남깁니다. 읽을 수 없는 문헌은 격리하고 "
     "나머지를 계속합니다.",
     "Titles and abstracts are read from patent XML; one record an application number is kept; what cannot "
     "be read is "
     "put aside and the rest goes on."},
    {"형태소를 분석해 명사와 기술 복합어를 뽑고, 드문 낱말과 흔한 낱말을 덜어 냅니다.",
     "Korean morphology gives nouns and technical compounds; rare and very common words are dropped."},
    {"품목마다 씨앗말을 두고, 특허마다 어느 품목의 말을 하는지 근거를 구합니다 (한 품목 혼합 모형).",
     "Each item has seed words; a one-item mixture finds which items a patent speaks of."},
    {"그 근거를 사전 분포로 삼아 씨앗 LDA를 깁스 표집으로 맞춥니다. 주제 번호는 품목 번호입니다.",
     "With that evidence as a prior, seeded LDA is fitted by Gibbs sampling; topic number = item number."},
    {"특허를 최대 3개 품목에 붙입니다. 근거가 뚜렷하지 않으면 미분류로 둡니다.",
     "A patent goes to at most 3 items; without clear evidence it stays unclassified."},
    {"출원인 주소로 지역을 정하고, 품목마다 비중·특화도·성장·최근성을 구합니다.",
     "Applicants' addresses give the region; each item gets share, LQ, growth and recency."},
    {"점수로 품목을 고릅니다. 산업마다 적어도 하나가 들어갑니다.",
     "Items are selected by score, at least one an industry."},
    {"선정 품목 안에서 비슷한 특허를 묶어(와드, 구면 k-평균) 기술로 삼고, 특허 제목의 말로 이름을 붙입니다.",
     "Inside the selected items similar patents are grouped (Ward, spherical k-means) and named from their "
     "titles."},
};

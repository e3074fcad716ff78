"""Compounds that are written with a hyphen: made by tests/make_compounds.py, not by hand.

Counted in texts in the public domain (speeches and strategies of governments). A word torn at
a line's end after one of these first parts keeps its hyphen, where the document itself does
not say otherwise.
"""

COMPOUNDS = frozenset(
    """
aanhpi-coe above-mentioned action-oriented active-duty afghan-led africa-south african-asian
african-led afro-arab afro-asian afro-malagasy afro-pessimism after-action after-effects age-old
agreed-upon agro-industrial ai-generated ai-related al-ahmad al-aqsa al-assad al-bashir
al-bukhari al-hashimi al-jaber al-khalifa al-mandab al-nakba al-nasser al-qadhafi al-qaeda
al-qaida al-quds al-sabah al-saud al-shabaab al-sharif al-shifa all-around all-embracing
all-encompassing all-european all-important all-inclusive all-out all-party all-powerful
all-round all-time all-volunteer american-british american-made american-soviet anglo-american
anglo-french anglo-irish anglo-rhodesian anti-air anti-aircraft anti-american anti-apartheid
anti-armor anti-asian anti-ballistic anti-chinese anti-colonial anti-colonialist anti-communist
anti-corruption anti-democratic anti-drug anti-fascist anti-fraud anti-government
anti-imperialism anti-imperialist anti-israel anti-lgbtq anti-missile anti-money anti-narcotics
anti-people anti-personnel anti-popular anti-poverty anti-racist anti-satellite anti-semitic
anti-ship anti-sovietism anti-tank anti-terrorism anti-terrorist anti-trafficking
anti-transgender arab-african arab-israel arab-israeli armenian-azerbaijani armenian-turkish
arms-control asean-led asia-pacific asian-african asian-pacific at-home at-risk au-led
balance-sheet ballistic-missile ben-gurion best-educated best-equipped best-prepared bi-national
biden-era biden-harris big-power billion-dollar blood-letting blue-collar boutros-ghali
breeding-ground bridge-head briefing-room broad-based broad-ranging bulgarian-turkish
burden-sharing business-friendly by-product by-products cabinet-level capacity-building
carbon-free carbon-negative carbon-neutral cease-fire central-american centuries-old century-old
change-related chemical-weapons china-africa civil-military civil-society clean-energy clear-cut
clear-eyed clear-headed clear-sighted clear-sightedness climate-change climate-induced
climate-neutral climate-related climate-resilient climate-smart climate-vulnerable
co-administration co-chair co-chaired co-chairing co-chairmanship co-chairmen co-chairs
co-development co-equal co-facilitated co-financing co-host co-hosted co-hosting co-production
co-prosperity co-religionists co-responsibility co-sponsor co-sponsored co-sponsoring
co-sponsors co-sustainment co-workers coal-fired coffee-producing cold-blooded cold-war
colonial-zionist combat-credible commissioner-general community-based community-oriented
confidence-building conflict-affected conflict-prevention conflict-related conflict-resolution
conflict-ridden consensus-based consensus-building conventionally-armed cost-effective
cost-effectiveness counter-accusations counter-attack counter-charges counter-piracy
counter-revolutionaries counter-revolutionary country-led country-specific crisis-management
cross-border cross-cultural cross-currents cross-cutting cross-section cross-strait
cross-straits cross-talk crystal-clear cut-off cutting-edge davis-bacon day-care de-escalate
de-escalating de-escalation de-risk de-risking death-throes debt-relief debt-service
debt-servicing decade-long decades-long decades-old decision-makers decision-making deep-rooted
deep-sea deep-seated defeat-isis developed-country development-oriented development-related
die-hards director-general disaster-stricken distant-water double-talk drawn-out drug-consuming
drug-control drug-related drug-traffickers drug-trafficking dual-track dual-use duty-bound
duty-free early-warning east-europe east-west economy-wide eight-point eighteen-nation
eighty-five eighty-four eighty-two el-khouri el-sadat el-sheikh emission-reduction
emissions-reduction employment-based en-lai energy-efficient energy-producing
environment-related epoch-making eu-ukraine euro-arab euro-atlantic euro-mediterranean
european-mediterranean even-handed ever-changing ever-closer ever-complicated ever-evolving
ever-expanding ever-greater ever-growing ever-increasing ever-more ever-present ever-widening
evidence-based ex-combatants ex-far exchange-rate export-import export-oriented external-debt
extra-regional fact-based fact-finding fact-sheets fair-minded faith-based false-flag
far-fetched far-reaching far-right far-sighted fast-approaching fast-changing fast-moving
fast-track fastest-growing fda-approved fellow-men fifty-eighth fifty-fifth fifty-first
fifty-five fifty-fourth fifty-ninth fifty-one fifty-second fifty-seventh fifty-sixth fifty-third
finger-pointing first-class first-ever first-hand first-time five-point five-year flat-out
focal-point follow-ups foreign-exchange forty-eighth forty-fifth forty-first forty-five
forty-fourth forty-ninth forty-second forty-seven forty-seventh forty-sixth forty-third
forty-two forward-leaning forward-looking fossil-fuel four-point four-power four-square
four-year fourth-class fourth-largest franco-african free-market free-trade freedom-fighters
freedom-loving french-speaking front-line full-fledged full-scale full-time future-oriented
game-changer game-changing gender-affirming gender-based gender-transformative general-secretary
geo-economic german-speaking god-given good-faith good-neighborliness good-neighborly
good-neighbour good-neighbourliness good-neighbourly good-paying government-funded
government-wide grass-roots great-power greenhouse-gas growth-oriented guinea-bissau
guinean-type half-century half-hearted hand-wringing hard-core hard-earned hard-won hard-working
hardest-hit hate-based hate-fueled hate-motivated have-not have-nots health-related
heart-rending heart-warming high-activity high-end high-handed high-handedness high-impact
high-income high-level high-powered high-priority high-profile high-quality high-ranking
high-risk high-seas high-speed high-standard high-tech high-value highly-developed home-grown
hoped-for hostage-taking house-passed human-centred human-induced human-resource human-rights
iberian-american ibero-america ibero-american ill-advised ill-concealed ill-conceived
ill-considered ill-defined ill-equipped ill-fated ill-gotten ill-health ill-prepared ill-starred
ill-suited ill-timed ill-treatment ill-will imperialist-zionist in-country in-depth in-person
income-generating india-africa india-middle india-pakistan indo-china indo-pacific indo-pakistan
information-sharing institution-building inter-african inter-american inter-arab inter-burundian
inter-congolese inter-ethnic inter-korean inter-oceanic inter-parliamentary inter-sessional
inter-state inter-war interest-free intermediate-range intra-afghan intra-african intra-european
intra-regional intra-state inward-looking iran-backed iran-iraq iranian-backed iraq-iran
iraq-kuwait iraqi-iranian islander-serving israel-arab israel-hamas israel-lebanon
israel-palestine israel-palestinian israel-saudi israeli-arab israeli-palestinian
italo-ethiopian jabara-heyer jam-packed jean-baptiste jean-bedel jean-bertrand jean-jacques
jean-pierre jump-start just-concluded justice-loving kai-shek kasa-vubu ki-moon kilowatt-hours
know-how knowledge-based knowledge-sharing korea-united laissez-faire land-based land-locked
large-scale laser-focused last-minute latin-american latter-day law-abiding law-enforcement
law-making leader-level least-developed left-wing less-developed level-headed life-support
life-supporting life-threatening like-minded lip-service long-awaited long-cherished
long-delayed long-distance long-established long-held long-lasting long-overdue long-planned
long-range long-sought long-standing long-suffering long-term longer-term low-carbon low-cost
low-income low-lying lower-income machine-guns major-general major-power man-made many-sided
market-based market-economy market-oriented mass-media max-width medium-range medium-size
medium-sized medium-term meeting-place merit-based micro-economies micro-states mid-october
mid-teens mid-term middle-class middle-income middle-sized military-industrial
military-political mine-clearance ministerial-level minority-serving mm-hmm modern-day
money-laundering much-needed muhammad-bande multi-agency multi-country multi-ethnic multi-pillar
multi-religious multi-stakeholder multi-year nagorno-karabakh narco-terrorism narco-trafficking
narrow-minded nation-building nation-state nation-states nations-based nations-led
nations-mandated nations-sponsored nato-led nato-russia nato-ukraine nature-based near-term
near-total neo-colonial neo-colonialism neo-colonialist neo-colonialists neo-fascist
neo-liberalism net-zero never-ending new-found newly-born newly-independent news-releases
next-generation nineteenth-century no-fly no-knock non-acquisition non-african non-aggression
non-aligned non-alignment non-american non-arab non-asian non-bank non-belligerent non-binding
non-combatants non-commercial non-committed non-communicable non-communist non-compete
non-compliance non-confrontational non-conventional non-democratic non-developed
non-discrimination non-discriminatory non-dissemination non-existence non-existent
non-governmental non-implementation non-industrialized non-interference non-intervention
non-living non-market non-member non-members non-military non-muslims non-nato non-negotiable
non-nuclear non-observance non-participants non-participation non-peaceful non-permanent
non-political non-production non-proliferation non-racial non-racist non-reciprocal
non-recognition non-recourse non-renewable non-selective non-selectivity non-state non-stop
non-strategic non-tariff non-traditional non-use non-violence non-violent non-white north-east
north-eastern north-south north-western nuclear-armed nuclear-arms nuclear-capable nuclear-free
nuclear-powered nuclear-related nuclear-test nuclear-weapon nuclear-weapons obama-biden
ocean-based off-ramp off-track oft-repeated oil-exporting oil-importing oil-producing
old-fashioned old-style on-site one-china one-fourth one-metre one-quarter one-sided one-tenth
one-third one-time one-way one-year open-door open-ended open-minded open-mindedness out-compete
out-educates outer-space outward-looking over-armament over-expansion over-exploitation
over-production ozone-depleting palestinian-israeli pan-african pan-africanism pan-africanist
pan-america pan-american pan-european pantja-sila paris-saclay paul-henri peace-enforcement
peace-keeper peace-keeping peace-loving peace-seeking peace-support people-centered
people-centred people-oriented phase-down phase-out police-contributing policy-offices
political-security politico-economic politico-military portuguese-speaking post-chernobyl
post-cold post-colonial post-communist post-conflict post-confrontational post-covid post-crisis
post-election post-forum post-independence post-industrial post-kyoto post-october post-soviet
post-war poverty-reduction poverty-stricken power-hungry power-sharing pre-capitalist
pre-eminence pre-eminent pre-emptive pre-existing pre-implementation pre-industrial pre-invasion
pre-pandemic pre-primary pre-war present-day president-elect president-founder
presidential-actions press-briefings press-office press-release press-releases primary-producing
privacy-enhancing private-sector pro-hamas pro-imperialist pro-life pro-poor pro-russian
pro-union pro-worker problem-solving public-health public-private quaison-sackey quasi-permanent
quick-impact quota-free rapid-reaction raw-material re-elected re-election re-emerge re-emerged
re-emergence re-emerging re-emphasize re-emphasized re-energize re-engage re-engineer
re-establish re-established re-establishing re-establishment re-evaluate re-examination
re-examine re-examined ready-made real-time record-breaking record-high region-wide
republican-led resource-efficient result-oriented results-oriented revenge-seekers
revenge-seeking right-thinking right-wing rights-based root-cause root-causes round-table
rule-based rules-based russia-ukraine russian-origin russian-ukrainian sahelo-saharan same-sex
sassou-nguesso school-based science-based sea-bed sea-level second-class second-largest
second-rate secretaries-general secretary-genera secretary-general sector-led security-building
security-related security-sector self-absorption self-appointed self-assertion self-centred
self-confidence self-criticism self-defeating self-defence self-defense self-denial
self-destruction self-determination self-development self-esteem self-evident self-examination
self-fulfilment self-governance self-governing self-government self-help self-imposed
self-improvement self-interest self-interested self-interests self-preservation self-proclaimed
self-reliance self-reliant self-respect self-respecting self-restraint self-righteous self-rule
self-sacrifice self-sacrificing self-seeking self-serving self-styled self-sufficiency
self-sufficient self-sustained self-sustaining semi-arid semi-automatic semi-colonial
semi-manufactured semi-manufactures serious-minded seung-soo seven-point seven-step seven-year
seventy-eighth seventy-fifth seventy-first seventy-five seventy-fourth seventy-ninth
seventy-second seventy-seven seventy-seventh seventy-sixth seventy-third sherwood-randall
short-cut short-lived short-range short-sighted short-sightedness short-term shorter-range
single-handedly single-minded single-party sino-soviet sit-down six-party sixty-eighth
sixty-fifth sixty-first sixty-five sixty-fourth sixty-ninth sixty-second sixty-seventh
sixty-sixth sixty-third small-business small-scale small-state snow-bunting so-called
socio-cultural socio-economic socio-political solidarity-based soul-searching sound-proof
south-bast south-east south-eastern south-north south-south south-west south-western
soviet-american soviet-united space-related special-interest speeches-remarks spy-flights
stand-off standard-bearer standard-setting starting-point state-building state-owned state-run
state-sponsored statements-releases states-soviet strife-torn structural-adjustment
sub-commission sub-committee sub-committees sub-saharan subject-matter sudano-sahelian
summit-level super-government super-power super-powers super-state supply-chain supply-side
syrian-israeli system-wide take-off taxpayer-funded technology-facilitated ten-nation ten-year
terrorism-related test-ban text-based text-decoration thai-cambodian then-president then-speaker
theo-ben third-countries third-country third-largest third-party third-world thirty-eight
thirty-eighth thirty-fifth thirty-first thirty-five thirty-fourth thirty-ninth thirty-second
thirty-seven thirty-seventh thirty-six thirty-sixth thirty-third thirty-three thirty-two
thomas-greenfield thought-provoking three-day three-point three-power three-quarters three-week
three-year time-bound time-consuming time-frames time-honoured time-limit time-limits
time-tested timor-leste top-level top-priority torrijos-carter trade-related trade-union
trans-afghan trans-pacific trans-shipment treaty-making tree-planting trickle-down
troop-contributing trouble-makers trouble-spots trump-era trust-building turning-point
twentieth-century twenty-eighth twenty-fifth twenty-first twenty-five twenty-four twenty-fourth
twenty-nine twenty-ninth twenty-one twenty-second twenty-seventh twenty-six twenty-sixth
twenty-third twenty-three twenty-two two-pronged two-state two-thirds two-way two-year
un-american un-habitat un-nadaf un-women under-developed under-equipped under-five unfccc-cop
union-led union-united united-nations user-friendly veto-wielding vice-chairman vice-presidency
vice-president vice-presidents viet-cong viet-minh viet-nam virginia-class war-ravaged war-torn
watch-listing water-related weapon-free weapons-usable well-balanced well-being well-coordinated
well-defined well-deserved well-developed well-directed well-documented well-earned well-endowed
well-equipped well-established well-founded well-functioning well-governed well-informed
well-intentioned well-known well-meaning well-merited well-organized well-paying well-planned
well-suited well-trained well-understood west-east whole-hearted wide-ranging wide-scale win-win
working-class world-class worst-affected worst-case wp-content year-long year-old year-olds
york-based zero-sum zero-tolerance zimbabwe-rhodesia
    """.split()
)

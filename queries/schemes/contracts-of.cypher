// title: {zh: 某制度或某人的包保, en: Contracts of a scheme or party}
// description:
//   zh: 一个人、职务、机构包保的地区和单位，或一个地区及其下辖地区由谁包保，或一项制度下的包保；class 是它落实的按类别布置的包保（如“县级领导包镇”）及其原文。superseded 为后一期名册不再列出之日（推定），此后不再包保。
//   en: What a person, post or body is in charge of; who is in charge of a region and the places within it; or the charges that stand in a scheme. Column class gives the charge laid on a class (县级领导 of 镇) that the named one fulfils, which is derived; superseded is the day of a later state of the roster that no longer lists the charge, which ends it (derived).
// parameters:
//   - name: subject
//     type: subject
//     labels: [Person, Post, Agency, Region, Scheme]
//     example: 郭砚秋
//     description: {zh: 人、职务、机构、地区或制度, en: "person, post, agency, region or scheme"}
// columns: [who, place, class, class_quote, superseded, derived, quote, notice, date, who_id, place_id, class_id, notice_id]
// drawing: graph
CALL {
  MATCH (s:Person|Post|Agency {uid: $subject})-[r:IN_CHARGE_OF]->(place)
  RETURN s AS who, r, place
  UNION
  MATCH (:Region {uid: $subject})<-[:WITHIN*0..4]-(place:Region)<-[r:IN_CHARGE_OF]-(who)
  RETURN who, r, place
  UNION
  MATCH (:Scheme {uid: $subject})<-[:PART_OF_SCHEME]-(who:Person|Post|Agency)-[r:IN_CHARGE_OF]->(place)
  RETURN who, r, place
  UNION
  MATCH (:Scheme {uid: $subject})<-[:PART_OF_SCHEME]-(:Post|Agency)<-[:FULFILS]-(who)-[r:IN_CHARGE_OF]->(place)
  WHERE NOT $stated_only
  RETURN who, r, place
}
WITH DISTINCT who, r, place
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND r.first_seen <= coalesce($as_of, 'all')
  AND (coalesce($as_of, '') = 'all' OR coalesce(CASE WHEN NOT $stated_only THEN r.superseded END, 'all') > coalesce($as_of, '9'))
OPTIONAL MATCH (who)-[f:FULFILS]->(class)-[c:IN_CHARGE_OF]->()
WHERE NOT $stated_only AND f.confidence >= $min_confidence AND f.first_seen <= coalesce($as_of, 'all') AND c.uid IN f.premises
  AND (coalesce($as_of, '') = 'all' OR coalesce(f.superseded, 'all') > coalesce($as_of, '9'))
WITH who, r, place, class, c
ORDER BY c.last_seen, c.uid
WITH who, r, place, collect(class)[-1] AS class, collect(c)[-1] AS c
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN who.name AS who, place.name AS place, class.name AS class, c.quotes[-1] AS class_quote,
  CASE WHEN NOT $stated_only THEN r.superseded END AS superseded, r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date, who.uid AS who_id, place.uid AS place_id,
  class.uid AS class_id, n.uid AS notice_id
ORDER BY place_id, who_id

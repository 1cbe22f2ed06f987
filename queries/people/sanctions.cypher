// title: {zh: 受到的问责, en: Sanctions}
// description:
//   zh: 受到问责的人和机构、形式与事由;可限于一个人或机构。
//   en: Persons and bodies punished, how and why; of one person or body, or of all.
// parameters:
//   - name: subject
//     type: subject
//     labels: [Person, Agency]
//     default: null
//     example: 魏子明
//     description: {zh: 人或机构, en: "a person or body"}
// columns: [who, form, reason, by, for, derived, quote, notice, date, who_id, for_id, notice_id]
// drawing: table
CALL {
  UNWIND CASE WHEN $subject IS NULL THEN [1] ELSE [] END AS everybody
  MATCH (who:Person|Agency)-[r:SANCTIONED]->(what)
  RETURN who, r, what
  UNION ALL
  MATCH (who:Person|Agency {uid: $subject})-[r:SANCTIONED]->(what)
  RETURN who, r, what
}
WITH who, r, what
WHERE (NOT r.derived OR NOT $stated_only) AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN who.name AS who, r.form AS form, r.reason AS reason, r.by AS by, CASE WHEN 'Obligation' IN labels(what) THEN what.text ELSE what.name END AS for,
  r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  who.uid AS who_id, what.uid AS for_id, n.uid AS notice_id
ORDER BY date DESC, notice_id, who, who_id, form, for_id

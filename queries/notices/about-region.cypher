// title: {zh: 关于某地的通知, en: Notices about a region}
// description:
//   zh: 提到一个地区的通知，新的在前。
//   en: Notices that name a region, newest first.
// parameters:
//   - name: region
//     type: region
//     example: 沛县
//     description: {zh: 地区, en: "a region"}
// columns: [date, notice, publisher, doc_number, url, notice_id]
// drawing: timeline
MATCH (:Region {uid: $region})-[r:STATED_IN]->(n:Notice)
WHERE n.digest IS NOT NULL AND r.first_seen <= coalesce($as_of, 'all') AND (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence
RETURN n.published AS date, n.title AS notice, n.publisher AS publisher, n.doc_number AS doc_number, n.url AS url,
  n.uid AS notice_id
ORDER BY date DESC, notice, notice_id

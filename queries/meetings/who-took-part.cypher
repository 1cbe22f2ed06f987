// title: {zh: 谁参加了会议, en: Who took part in a meeting}
// description:
//   zh: 会议的召集者、主持者、讲话者和参加者，连同其职务。会议可用名称、日期或编号指定。
//   en: Who convened, chaired, spoke at and attended a meeting, with their posts. A meeting is given by name, date or id.
// parameters:
//   - name: meeting
//     type: meeting
//     example: 2023-01-18
//     description: {zh: 会议, en: "a meeting"}
// columns: [who, part, post, derived, quote, notice, date, who_id, notice_id]
// drawing: table
MATCH (who)-[r:CONVENED|CHAIRED|SPOKE_AT|ATTENDED]->(m:Meeting {uid: $meeting})
WHERE (NOT r.derived OR NOT $stated_only) AND r.confidence >= $min_confidence AND (r.derived OR r.first_seen <= coalesce($as_of, 'all'))
OPTIONAL MATCH (who)-[h:HOLDS]->(post:Post)
WHERE any(e IN h.evidence WHERE e STARTS WITH split(r.evidence[-1], '#')[0] + '#')
WITH who, r, post
ORDER BY post.name, post.uid
WITH who, r, collect(post.name) AS posts
OPTIONAL MATCH (n:Notice {uid: split(r.evidence[-1], '#')[0]})
RETURN who.name AS who, CASE type(r) WHEN 'CONVENED' THEN 'convened 召集' WHEN 'CHAIRED' THEN 'chaired 主持'
    WHEN 'SPOKE_AT' THEN 'spoke 讲话' ELSE 'attended 参加' END AS part,
  reduce(t = '', p IN posts | CASE WHEN t = '' THEN p ELSE t + '、' + p END) AS post,
  r.derived AS derived, r.quotes[-1] AS quote, n.title AS notice, r.last_seen AS date,
  who.uid AS who_id, n.uid AS notice_id
ORDER BY CASE type(r) WHEN 'CONVENED' THEN 0 WHEN 'CHAIRED' THEN 1 WHEN 'SPOKE_AT' THEN 2 ELSE 3 END, who, who_id

"""Which queries are plain questions, and which are turned away before anything runs."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.store.guard import check_read_only

QUESTIONS = [
    "MATCH (n) RETURN n",
    "match (n:Agency) return n.name limit 3;",
    "MATCH (n) WHERE n.name = 'CREATE (x)' RETURN n",
    'MATCH (n) WHERE n.name = "it\'s; DELETE" RETURN n',
    "MATCH (n) WHERE n.name = 'a\\'; SET b' RETURN n",
    "// SET n.x = 1\nMATCH (n) /* DELETE n; */ RETURN n // MERGE",
    "MATCH (n:`CREATE`) RETURN n.`SET`",
    "MATCH (n:Set)-[:DELETE|REMOVE]->(m) RETURN n.set, n.create, $merge",
    "RETURN {set: 1, delete: 2} AS map",
    "MATCH (n) RETURN n{.set, .name}",
    "MATCH (n) CALL { WITH n MATCH (n)-->(m) RETURN m } RETURN m",
    "CALL db.labels() YIELD label RETURN label",
    "CALL db.labels YIELD label RETURN label",
    "CALL db.index.fulltext.queryNodes('names', '望都') YIELD node RETURN node",
    "OPTIONAL MATCH (n) RETURN n UNION MATCH (m) RETURN m AS n",
    "UNWIND [1, 2.5, 1e3] AS x WITH x RETURN x[0..1]",
    "MATCH (n) WHERE EXISTS { MATCH (n)-->() } RETURN COUNT { (n)--() }",
]
REFUSED = [
    ("CREATE (n)", "CREATE at line 1, column 1"),
    ("MATCH (n)\n  SET n.x = 1", "SET at line 2, column 3"),
    ("match (n) detach delete n", "DETACH"),
    ("MATCH (n) REMOVE n.x", "REMOVE"),
    ("MERGE (n:Agency {uid: 'x'}) RETURN n", "MERGE"),
    ("MATCH (n) FOREACH (x IN [1] | SET n.y = x)", "FOREACH"),
    ("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "LOAD"),
    ("MATCH (n) CALL { WITH n DELETE n } IN TRANSACTIONS", "DELETE"),
    ("MATCH (n) CALL { WITH n RETURN 1 AS x } IN 3 CONCURRENT TRANSACTIONS OF 10 ROWS RETURN x", "TRANSACTIONS"),
    ("CREATE INDEX FOR (n:Agency) ON (n.name)", "CREATE"),
    ("DROP CONSTRAINT agency_uid", "DROP"),
    ("INSERT (n:Agency)", "INSERT"),
    ("MATCH (n) RETURN n; MATCH (m) DELETE m", "second statement"),
    ("MATCH (n) RETURN n; MATCH (m) RETURN m", "second statement begins at line 1, column 19"),
    ("CALL dbms.security.createUser('a', 'b')", "CALL dbms.security.createUser at line 1, column 1"),
    ("CALL db.create.setNodeVectorProperty(1, 'x', [])", "db.create.setNodeVectorProperty"),
    ("CALL apoc.load.json('http://x') YIELD value RETURN value", "apoc.load.json"),
    ("CALL `apoc`.`cypher`.`doIt`('CREATE ()', {})", "apoc.cypher.doIt"),
    ("CALL db . clearQueryCaches ()", "db.clearQueryCaches"),
    ("SHOW USERS", "SHOW"),
    ("EXPLAIN MATCH (n) RETURN n", "EXPLAIN"),
    ("USE system MATCH (n) RETURN n", "USE"),
    ("ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'", "ALTER"),
    ("TERMINATE TRANSACTION 'x'", "TERMINATE"),
    ("MATCH (n) RETURN n FORMAT CSV", "FORMAT CSV"),
    ("MATCH (n) WHERE n.x = 1.SET n.y = 2", "SET"),
    ("MATCH (n) WHERE n.x = 1SET n.y = 2", "SET"),
    ("MATCH (n) WHERE n.x = 0x1SET n.y = 2", "SET"),
    ("MATCH (n) WHERE n.x = 'a' /* ' */ SET n.y = ' '", "SET"),
    ("MATCH (n) WHERE n.x = 'a\\\\' SET n.y = ' '", "SET"),
    ("MATCH (n) WHERE n.x = '\\u0027 SET n.y = 1 //'", "SET"),
    ("MATCH (n) \\u0053ET n.y = 1", "SET"),
    ("MATCH (n) RETURN 'open", "quotation mark ' at line 1, column 18 is never closed"),
    ("MATCH (n) /* open", "comment at line 1, column 11 is never closed"),
    ("", "empty"),
    ("  // nothing\n;", "empty"),
    ("{set: 1}", "begins with MATCH"),
]


@pytest.mark.parametrize("cypher", QUESTIONS)
def test_questions_pass(cypher: str) -> None:
    check_read_only(cypher)


@pytest.mark.parametrize(("cypher", "says"), REFUSED)
def test_all_else_is_refused_in_one_line(cypher: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        check_read_only(cypher)
    assert says in str(caught.value) and "\n" not in str(caught.value)

"""Runs in the environment of rdflib-neo4j: reads a graph as Turtle, loads it, prints the seconds without the reading.

As its documentation has it: in batches of its usual size, subject by subject as a file has them; properties with several
values are named, for it would keep the last value alone otherwise.
"""

import json
import sys
import time
from collections import Counter

from rdflib import Graph, Literal
from rdflib_neo4j import HANDLE_MULTIVAL_STRATEGY, HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig


def main() -> None:
    asked = json.load(sys.stdin)
    config = Neo4jStoreConfig(
        auth_data={"uri": asked["uri"], "database": "neo4j", "user": asked["user"], "pwd": asked["password"]},
        handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE,
        handle_multival_strategy=HANDLE_MULTIVAL_STRATEGY.ARRAY,
        batching=True,
    )
    triples = sorted(Graph().parse(data=asked["turtle"], format="turtle"))
    values = Counter((subject, predicate) for subject, predicate, value in triples if isinstance(value, Literal))
    config.multival_props_names = sorted({str(predicate) for (_, predicate), n in values.items() if n > 1})
    graph = Graph(store=Neo4jStore(config=config))
    begin = time.perf_counter()
    for triple in triples:
        graph.add(triple)
    graph.close(True)
    print(len(triples), time.perf_counter() - begin)


if __name__ == "__main__":
    main()

"""Runs in the environment of rdflib-neo4j: reads relationships as JSON, loads them, prints the seconds."""

import json
import sys
import time
from urllib.parse import quote

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib_neo4j import HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig

KG = Namespace("https://example.org/kg/")


def main() -> None:
    asked = json.load(sys.stdin)
    config = Neo4jStoreConfig(
        auth_data={"uri": asked["uri"], "database": "neo4j", "user": asked["user"], "pwd": asked["password"]},
        handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE,
        batching=True,
    )
    graph = Graph(store=Neo4jStore(config=config))
    begin = time.perf_counter()
    for number, edge in enumerate(asked["edges"]):
        ends = [URIRef(KG + quote(edge[end])) for end in ("source", "target")]
        for uri, label in zip(ends, (edge["a"], edge["b"])):
            graph.add((uri, RDF.type, KG[label]))
        graph.add((ends[0], KG[edge["type"]], ends[1]))
        # RDF has no properties of relationships: what a statement rests on is a thing of its own
        stated = URIRef(f"{KG}statement/{number}")
        graph.add((stated, RDF.type, KG.Statement))
        for key in ("uid", "rule", "confidence", "first_seen", "last_seen"):
            graph.add((stated, KG[key], Literal(str(edge["props"].get(key, "")))))
        for key in ("evidence", "quotes"):
            for value in edge["props"].get(key) or ():
                graph.add((stated, KG[key], Literal(value)))
    graph.close(True)
    print(time.perf_counter() - begin)


if __name__ == "__main__":
    main()

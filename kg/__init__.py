"""Who answers for what, and to whom: a knowledge graph read from Chinese notices on pollution governance."""

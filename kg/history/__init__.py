"""Lists over time: which list is a later state of which, which item of it is which, and which item a punishment is for.

Computed over what is stored whenever a list comes, changes or goes, from the lists' own words alone: the same lists
give the same answer whatever the order of loading. What is computed says ``derived``, its rule and its premises, and holds an
empty list of contributions, as all that no notice says.
"""

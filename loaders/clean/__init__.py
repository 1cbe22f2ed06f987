"""Clean-up: from a document's own characters to one body in simplified script, with the way back.

Forms (the one form that later stages may rely on): punctuation ，。；：？！、（）“” full-width between Chinese;
digits, letters and % ASCII; no glosses, no spaces inside names; a column border is one tab; a paragraph is one line.
All of it is done by :func:`loaders.clean.cleaner.clean`; lists need only the forms of characters.
"""

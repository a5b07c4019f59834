"""The desk's work on the lexicon: change a word, try it on stored tickets, publish, see what misled."""

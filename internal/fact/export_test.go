package fact

import "maps"

// BatchMoves shows the transition table to the tests.
func BatchMoves() map[string][]string { return maps.Clone(batchMoves) }

package demo

import (
	"kezhi/internal/calendar"
	"kezhi/internal/customer"
)

// habits decide what a customer does in two years.
type habits struct {
	kind   int   // index into kinds
	yearly int64 // fen it buys in a year around the middle of the history
	growth int64 // thousandths a year, may be negative
	payer  int   // index into payers
	since  calendar.Date
	enters calendar.Date
	leaves calendar.Date // the last day it may order; after the history for those who stay
	group  bool          // heads a group of companies
	parent int           // index of the customer it belongs to, -1 = none
	dollar bool          // pays part of its orders in dollars
	firm   firm
}

// sizes gives the yearly sales in yuan at each thousandth of the customers: half of them buy for less than 325,000, three
// in a hundred for more than 5 million. It is skewed like a lognormal distribution with its far end cut off,
// fuller in the middle, where the many C customers are.
var sizes = []point{
	{0, 8_000},
	{50, 40_000},
	{100, 110_000},
	{150, 205_000},
	{300, 245_000},
	{400, 280_000},
	{500, 325_000},
	{600, 375_000},
	{700, 425_000},
	{800, 495_000},
	{850, 800_000},
	{900, 2_040_000},
	{950, 3_500_000},
	{970, 5_100_000},
	{980, 6_700_000},
	{990, 9_900_000},
	{995, 14_300_000},
	{998, 21_500_000},
	{999, 28_000_000},
	{1000, 40_000_000},
}

// anchorYearly is what the largest customer buys in a year, in yuan per customer of the company: a strategic customer.
const anchorYearly = 58_000

// rhythms gives how many orders a year a customer of that size places.
var rhythms = []point{
	{8_000, 3}, {26_000, 6}, {85_000, 9}, {200_000, 11}, {400_000, 11}, {1_000_000, 22}, {5_000_000, 75}, {15_000_000, 130}, {40_000_000, 200}, {120_000_000, 300},
}

// payer is a way to pay: how many days after the invoice, give or take, and how many of a thousand invoices stay unpaid for long.
type payer struct{ weight, days, spread, unpaid int }

// The ways to pay: at once, as agreed, late, and hardly ever.
var payers = []payer{{110, 17, 14, 0}, {650, 43, 17, 4}, {185, 78, 28, 20}, {55, 135, 45, 120}}

// firstLate is the index of the payers who are late as a habit.
const firstLate = 2

// newHabits gives each customer its habits. Sizes are dealt out by rank and not drawn, so that a company of any size has its few large customers.
func newHabits(c *Company, n int) []habits {
	s := streamOf(c.seed, habitStream)
	weights := make([]int, len(kinds))
	for i, k := range kinds {
		weights[i] = k.permille
	}
	payerWeights := make([]int, len(payers))
	for i, p := range payers {
		payerWeights[i] = p.weight
	}
	out := make([]habits, n)
	for i, rank := range s.shuffled(n) {
		// Ranks are stretched to millionths, so that the thousandths of the curve are met between its corners as well.
		share := (int64(rank)*2 + 1) * 500_000 / int64(n)
		yuan := stretched(share)
		h := habits{
			kind: s.weighted(weights), growth: int64(s.about(45, 200)), payer: s.weighted(payerWeights), parent: -1,
			group: rank > n*8/10 && s.happens(120),
		}
		if rank == n-1 {
			yuan, h.kind, h.payer, h.growth = int64(n)*anchorYearly, 2, 1, 90
		}
		h.yearly = yuan * 100
		h.dollar = h.kind == 2 && rank < n*9/10 && s.happens(40)
		c.lifetime(s, &h, rank == n-1)
		out[i] = h
	}
	return out
}

// stretched reads the sizes at millionths.
func stretched(millionths int64) int64 {
	fine := make([]point, len(sizes))
	for i, p := range sizes {
		fine[i] = point{p.x * 1000, p.y}
	}
	return along(fine, millionths)
}

// lifetime decides when a customer comes and goes: most stay, some are new, some are lost, a few have not bought yet.
func (c *Company) lifetime(s source, h *habits, anchor bool) {
	span := int(c.Reference - c.From)
	h.since = c.From.AddDays(-s.between(30, 3000))
	h.enters, h.leaves = h.since, c.Reference.AddDays(1)
	if anchor {
		return
	}
	switch roll := s.below(1000); {
	case roll < 130: // new within the history
		h.since = c.From.AddDays(s.between(20, span-10))
		h.enters = h.since
	case roll < 205: // lost within the history
		h.leaves = c.From.AddDays(s.between(60, span-60))
	case roll < 235: // a prospect: known, nothing bought
		h.since = c.Reference.AddDays(-s.between(5, 150))
		h.enters, h.leaves = h.since, h.since.AddDays(-1)
	}
}

// status says where a customer stands on a day.
func (h habits) status(day calendar.Date) string {
	quiet := int(day - h.leaves)
	switch {
	case h.leaves < h.since:
		return customer.StatusProspect
	case quiet > 365:
		return customer.StatusLost
	case quiet > 150:
		return customer.StatusDormant
	}
	return customer.StatusActive
}

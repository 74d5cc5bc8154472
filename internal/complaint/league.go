package complaint

import (
	"math/big"

	"kezhi/internal/rule"
)

// Standing is a department beside the others.
type Standing struct {
	Key          string    `json:"key" doc:"Id of the department"`
	Title        rule.Text `json:"title"`
	Received     int       `json:"received"`
	Late         int       `json:"late" doc:"Over after the deadline, or not over although it has passed"`
	LateShare    string    `json:"late_share" doc:"Per cent with one decimal, of those over or overdue; empty when there are none"`
	Compensation []Sum     `json:"compensation"`
	Rated        int       `json:"rated"`
	Satisfaction string    `json:"satisfaction"`
	Repeated     int       `json:"repeated"`
	RepeatShare  string    `json:"repeat_share" doc:"Per cent with one decimal, of those not withdrawn; empty when there are none"`
	Places       Places    `json:"places"`
}

// Places are the places of a department: 1 needs attention first, equal values share a place and the next one is left out,
// 0 = nothing to compare.
type Places struct {
	Received     int `json:"received" doc:"Most complaints first"`
	Late         int `json:"late" doc:"Greatest share of late ones first"`
	Compensation int `json:"compensation" doc:"Highest cost first; 0 for all when there are several currencies"`
	Satisfaction int `json:"satisfaction" doc:"Lowest mean first; 0 without a rating"`
	Repeated     int `json:"repeated" doc:"Greatest share that came again first"`
}

// league puts the departments beside each other, in the order of the lines; complaints nobody answers for take no part.
func league(lines []Line) []Standing {
	out, own := []Standing{}, []*Line{}
	for i := range lines {
		l := &lines[i]
		if l.Key == "" {
			continue
		}
		late, settled, counted := l.Late+l.Overdue, l.InTime+l.Late+l.Overdue, l.Received-l.Withdrawn
		out = append(out, Standing{
			Key: l.Key, Title: l.Title, Received: l.Received, Late: late, LateShare: percent(late, settled), Compensation: l.Compensation,
			Rated: l.Rated, Satisfaction: l.Satisfaction, Repeated: l.Repeated, RepeatShare: percent(l.Repeated, counted),
		})
		own = append(own, l)
	}
	received := places(own, func(l *Line) *big.Rat { return ratio(l.Received, 1) })
	late := places(own, func(l *Line) *big.Rat { return ratio(l.Late+l.Overdue, l.InTime+l.Late+l.Overdue) })
	repeated := places(own, func(l *Line) *big.Rat { return ratio(l.Repeated, l.Received-l.Withdrawn) })
	content := places(own, func(l *Line) *big.Rat { return ratio(-l.points, l.Rated) })
	cost := places(own, costOf(own))
	for i := range out {
		out[i].Places = Places{Received: received[i], Late: late[i], Compensation: cost[i], Satisfaction: content[i], Repeated: repeated[i]}
	}
	return out
}

// ratio is exact, nil for nothing of nothing.
func ratio(part, whole int) *big.Rat {
	if whole == 0 {
		return nil
	}
	return big.NewRat(int64(part), int64(whole))
}

// costOf gives what a department's complaints cost, nil for all when amounts of several currencies would have to be compared.
func costOf(lines []*Line) func(*Line) *big.Rat {
	currencies := map[string]bool{}
	for _, l := range lines {
		for c := range l.money {
			currencies[c] = true
		}
	}
	return func(l *Line) *big.Rat {
		if len(currencies) != 1 {
			return nil
		}
		sum := int64(0)
		for _, minor := range l.money {
			sum += minor
		}
		return big.NewRat(sum, 1)
	}
}

// places gives each line one more than the number of lines with a greater value; 0 for a line without a value.
func places(lines []*Line, value func(*Line) *big.Rat) []int {
	out := make([]int, len(lines))
	values := make([]*big.Rat, len(lines))
	for i, l := range lines {
		values[i] = value(l)
	}
	for i, v := range values {
		if v == nil {
			continue
		}
		out[i] = 1
		for _, other := range values {
			if other != nil && other.Cmp(v) > 0 {
				out[i]++
			}
		}
	}
	return out
}

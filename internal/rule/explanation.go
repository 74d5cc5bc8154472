package rule

// Explanation answers "why this grade?" from itself alone: no rulebook, fact or setting is needed to read it later.
// Encoding it with encoding/json gives the same bytes for the same inputs. All numbers are exact decimal strings;
// those that do not end are rounded half to even and say so in Rounded.
type Explanation struct {
	Rulebook string `json:"rulebook"`
	Version  string `json:"version"`
	// Scheme is the id of the scheme the grade belongs to; empty where the rulebook has one scheme only.
	Scheme string `json:"scheme,omitempty"`
	AsOf   string `json:"as_of"`
	// Grade is nil when there is no grade; then Reason says why.
	Grade *ExplainedGrade `json:"grade,omitempty"`
	// Decided says that people decided on the grade, and what followed without that.
	Decided *ExplainedDecision `json:"decided,omitempty"`
	// Followed is the grade this scheme would have come to without any decision of people, on itself or on the schemes it reads; it
	// is there where that is another one and a later verdict may keep it.
	Followed    *string          `json:"followed,omitempty"`
	Reason      *ExplainedReason `json:"reason,omitempty"`
	Provisional *ExplainedReason `json:"provisional,omitempty"`
	Score       *ExplainedScore  `json:"score,omitempty"`
	Inputs      []ExplainedInput `json:"inputs"`
	// Schemes are the grades of earlier schemes that this one reads.
	Schemes []ExplainedScheme `json:"schemes,omitempty"`
	Items   []ExplainedItem   `json:"items,omitempty"`
	Bonuses []ExplainedBonus  `json:"bonuses,omitempty"`
	Vetoes  []ExplainedVeto   `json:"vetoes,omitempty"`
	// Held says that the previous grade was kept; Limits are the limits that hold; Dormant that the customer is dormant.
	Held    *ExplainedHold    `json:"held,omitempty"`
	Limits  []ExplainedLimit  `json:"limits,omitempty"`
	Dormant *ExplainedDormant `json:"dormant,omitempty"`
	// Proposed is the better grade that waits for signatures.
	Proposed  *ExplainedProposal `json:"proposed,omitempty"`
	Settings  []SettingValue     `json:"settings,omitempty"`
	Next      *ExplainedNext     `json:"next,omitempty"`
	Keep      *ExplainedKeeping  `json:"keep,omitempty"`
	ExpiresOn string             `json:"expires_on,omitempty"`
}

// ExplainedGrade is the grade and the band or table row that gave it.
type ExplainedGrade struct {
	Code   string `json:"code"`
	Title  Text   `json:"title"`
	Tone   string `json:"tone"`
	Clause string `json:"clause,omitempty"`
	// Band is the condition that matched, in words.
	Band Text `json:"band"`
}

// ExplainedDecision is a decision of people that replaces what followed from facts and judgements.
type ExplainedDecision struct {
	// Without is the grade that would hold without the decision, empty when there would be none.
	Without string `json:"without"`
	Title   Text   `json:"title"`
	Reason  string `json:"reason"`
	// By is the name of who decided, On the day from which it counts, Until the last day, empty when open.
	By    string `json:"by"`
	On    string `json:"on"`
	Until string `json:"until,omitempty"`
	// Basis is the clause by which it was decided; nil where none is known.
	Basis *DecisionBasis `json:"basis,omitempty"`
}

// ExplainedReason is a stable code with its sentence.
type ExplainedReason struct {
	Code   string `json:"code"`
	Title  Text   `json:"title"`
	Clause string `json:"clause,omitempty"`
}

// ExplainedScore is the total of a scorecard.
type ExplainedScore struct {
	Scorecard string `json:"scorecard"`
	Title     Text   `json:"title"`
	Value     string `json:"value"`
	Max       string `json:"max"`
	Clause    string `json:"clause,omitempty"`
}

// ExplainedInput is one measure or judgement that was read.
type ExplainedInput struct {
	Measure string `json:"measure"`
	Title   Text   `json:"title"`
	// Value is empty when there is none; then Missing holds the reason.
	Value   string `json:"value"`
	Rounded bool   `json:"rounded,omitempty"`
	// Unit is a currency code, "%", "day", "count", "point" or a unit the rulebook names.
	Unit string `json:"unit,omitempty"`
	// From and To are the first and the last day of the window, both inclusive; From is empty for the whole history.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Facts is the number of facts that were read for it, Converted how many of them were in another currency and were
	// converted by the rulebook's rates.
	Facts     int `json:"facts"`
	Converted int `json:"converted,omitempty"`
	// Rates are those they were converted by, the first 24; RatesMore is how many more there were.
	Rates     []ExplainedRate `json:"rates,omitempty"`
	RatesMore int             `json:"rates_more,omitempty"`
	// Group is set when the measure compares or adds up the customers of a group.
	Group   *ExplainedGroup `json:"group,omitempty"`
	Missing string          `json:"missing,omitempty"`
	Assumed bool            `json:"assumed,omitempty"`
	Clause  string          `json:"clause,omitempty"`
	// Judged is true when a person gave the value, not the facts.
	Judged bool `json:"judged,omitempty"`
}

// ExplainedScheme is the grade of an earlier scheme that was read.
type ExplainedScheme struct {
	Scheme string `json:"scheme"`
	Title  Text   `json:"title"`
	// Code is the grade, empty when there was none.
	Code   string `json:"code"`
	Grade  Text   `json:"grade"`
	Clause string `json:"clause,omitempty"`
	// Decided is true when people decided on this grade in the place of what followed.
	Decided bool `json:"decided,omitempty"`
}

// ExplainedGroup is the group of customers a measure compares or adds up.
type ExplainedGroup struct {
	// By is the customer field, such as region, or the kinds of relations that connect, joined by +.
	By string `json:"by"`
	// Relations is true when By names relations.
	Relations bool `json:"relations,omitempty"`
	// Name is the value of the field, or the name of the group of connected customers; empty for a customer alone.
	Name string `json:"name"`
	// Customers is how many customers in scope the group has.
	Customers int64 `json:"customers"`
}

// ExplainedItem is one line of a scorecard.
type ExplainedItem struct {
	Item   string `json:"item"`
	Title  Text   `json:"title"`
	Value  string `json:"value"`
	Unit   string `json:"unit,omitempty"`
	Points string `json:"points"`
	Max    string `json:"max"`
	Band   Text   `json:"band"`
	// Treatment is refuse, neutral, worst or value when the input was missing, otherwise empty.
	Treatment string `json:"treatment,omitempty"`
	Clause    string `json:"clause,omitempty"`
	Assumed   bool   `json:"assumed,omitempty"`
}

// ExplainedVeto is a veto that applied.
type ExplainedVeto struct {
	Title  Text   `json:"title"`
	Effect Text   `json:"effect"`
	Clause string `json:"clause,omitempty"`
}

// ExplainedBonus is a bonus that was earned.
type ExplainedBonus struct {
	Title  Text   `json:"title"`
	Points string `json:"points"`
	Clause string `json:"clause,omitempty"`
}

// ExplainedHold says that the grade is the previous one, kept within the margin.
type ExplainedHold struct {
	// Without is the grade the score or measure alone would give.
	Without string `json:"without"`
	Title   Text   `json:"title"`
	// Since is the day of the previous verdict, empty when it is not known.
	Since  string `json:"since,omitempty"`
	Margin string `json:"margin"`
	// Bound is the condition under which the grade is still kept, in words.
	Bound  Text   `json:"bound"`
	Clause string `json:"clause,omitempty"`
}

// ExplainedLimit is a limit on the grades of this customer.
type ExplainedLimit struct {
	Title Text     `json:"title"`
	Allow []string `json:"allow"`
	// From and To are the grades before and after, empty when the outcome was within the limit.
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	Clause string `json:"clause,omitempty"`
}

// ExplainedDormant says that the customer is dormant.
type ExplainedDormant struct {
	Title Text `json:"title"`
	// Gave is true when the grade is that of a dormant customer.
	Gave   bool   `json:"gave,omitempty"`
	Clause string `json:"clause,omitempty"`
}

// ExplainedProposal is a grade that facts and judgements lead to and that needs signatures to hold.
type ExplainedProposal struct {
	Code  string `json:"code"`
	Title Text   `json:"title"`
	// Procedure is the key of the procedure, in the rulebook, whose cases carry the signatures.
	Procedure string `json:"procedure"`
	Clause    string `json:"clause,omitempty"`
}

// ExplainedBar is what forbids a better grade whatever the score or the measures are.
type ExplainedBar struct {
	// Kind is veto, limit, dormant or signatures.
	Kind   string `json:"kind"`
	Title  Text   `json:"title"`
	Clause string `json:"clause,omitempty"`
}

// SettingValue is a setting the verdict used, with the value in force.
type SettingValue struct {
	Name    string `json:"name"`
	Title   Text   `json:"title"`
	Value   string `json:"value"`
	Assumed bool   `json:"assumed,omitempty"`
	Clause  string `json:"clause,omitempty"`
}

// ExplainedNext says what is missing for the next better grade.
type ExplainedNext struct {
	Code  string `json:"code"`
	Title Text   `json:"title"`
	// Missing is how much the score or the graded measure is short, in Unit; empty for a decision table.
	Missing string `json:"missing,omitempty"`
	Unit    string `json:"unit,omitempty"`
	Clause  string `json:"clause,omitempty"`
	Ways    []Way  `json:"ways"`
	// Barred lists what must cease first; empty when nothing forbids the grade.
	Barred []ExplainedBar `json:"barred,omitempty"`
}

// ExplainedKeeping says how much may be lost before the grade is.
type ExplainedKeeping struct {
	// FallsTo is the grade below.
	FallsTo string `json:"falls_to"`
	Title   Text   `json:"title"`
	// Margin is how much above the grade's own lower bound the score or the measure is, in Unit.
	Margin string `json:"margin,omitempty"`
	Unit   string `json:"unit,omitempty"`
	Ways   []Way  `json:"ways"`
}

// Way is one single change of one input that raises or lowers the outcome.
type Way struct {
	// Input is the name of the item or the measure.
	Input string `json:"input"`
	Title Text   `json:"title"`
	Value string `json:"value"`
	// Bound is the condition to reach, in words; Missing the amount between the value and the bound, in Unit.
	Bound   Text   `json:"bound"`
	Missing string `json:"missing,omitempty"`
	Unit    string `json:"unit,omitempty"`
	// Points is the change of the score, positive for a gain and negative for a loss; empty outside scorecards.
	Points string `json:"points,omitempty"`
	// Enough is true when this change alone changes the grade.
	Enough bool   `json:"enough"`
	Clause string `json:"clause,omitempty"`
}

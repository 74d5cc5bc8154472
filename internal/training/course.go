package training

import (
	"encoding/binary"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// State is where a course stands; see doc.go.
type State string

// The states of a course.
const (
	Draft     State = "draft"
	Published State = "published"
	Withdrawn State = "withdrawn"
)

// Bounds of a course.
const (
	maxTitle     = 100 // characters
	maxBody      = 50_000
	maxText      = 1000
	maxQuestions = 100
	maxOptions   = 10
)

// Option is an answer that is offered.
type Option struct {
	Text  string `json:"text"`
	Right bool   `json:"right"`
}

// Question is asked at the end of a course. Many = more than one option may be right, and all of them must be chosen.
type Question struct {
	Text    string   `json:"text"`
	Many    bool     `json:"many"`
	Options []Option `json:"options"`
	Why     string   `json:"why"` // shown with the right answer
}

// Content is what a course says and asks.
type Content struct {
	Body        string     `json:"body"`       // Markdown
	ArticleID   int64      `json:"article_id"` // of the knowledge base, 0 = none
	FileID      int64      `json:"file_id"`    // 0 = none
	Questions   []Question `json:"questions"`
	Shown       int        `json:"shown"`        // how many questions are put, drawn from all; 0 = all
	PassMark    int        `json:"pass_mark"`    // per cent
	Attempts    int        `json:"attempts"`     // how often one may fail; 0 = as often as needed
	ValidMonths int        `json:"valid_months"` // of the certificate, 0 = it does not expire
	RemindDays  int        `json:"remind_days"`  // how long before the certificate expires it is to be renewed
	DueDays     int        `json:"due_days"`     // to finish it, from publication or from joining; 0 = no term
}

// Input writes a course.
type Input struct {
	Topic, Title string
	Roles        []string
	Units        []int64
	Content      Content
}

// Course is a course with its draft.
type Course struct {
	ID int64
	Input
	State       State
	Edition     int
	PublishedOn calendar.Date
	Version     int64
	CreatedBy   int64
	UpdatedAt   int64 // microseconds
}

var topicForm = regexp.MustCompile(`^[a-z][a-z0-9_-]{1,39}$`)

// clean takes spaces off and reports every wrong field.
func (in *Input) clean() error {
	var v errs.Validation
	in.Topic, in.Title = strings.TrimSpace(in.Topic), strings.Join(strings.Fields(in.Title), " ")
	v.Check(topicForm.MatchString(in.Topic), "topic", "training.topic_form")
	v.Check(in.Title != "", "title", "field.required")
	v.Check(utf8.RuneCountInString(in.Title) <= maxTitle, "title", "field.too_long", "max", maxTitle)
	in.Roles, in.Units = slices.Compact(slices.Sorted(slices.Values(in.Roles))), slices.Compact(slices.Sorted(slices.Values(in.Units)))
	in.Content.check(&v)
	return v.Err()
}

func (c *Content) check(v *errs.Validation) {
	c.Body = strings.TrimSpace(c.Body)
	v.Check(utf8.RuneCountInString(c.Body) <= maxBody, "body", "field.too_long", "max", maxBody)
	v.Check(len(c.Questions) <= maxQuestions, "questions", "field.too_long", "max", maxQuestions)
	for path, bound := range map[string]struct{ n, most int }{
		"shown": {c.Shown, len(c.Questions)}, "pass_mark": {c.PassMark, 100}, "attempts": {c.Attempts, 100}, "valid_months": {c.ValidMonths, 240},
		"remind_days": {c.RemindDays, 365}, "due_days": {c.DueDays, 3660},
	} {
		v.Check(bound.n >= 0 && bound.n <= bound.most, path, "training.between", "min", 0, "max", bound.most)
	}
	for i := range c.Questions {
		c.Questions[i].check(v, "questions["+strconv.Itoa(i)+"]")
	}
}

func (q *Question) check(v *errs.Validation, path string) {
	text := func(s *string, path string, needed bool) {
		*s = strings.TrimSpace(*s)
		v.Check(*s != "" || !needed, path, "field.required")
		v.Check(utf8.RuneCountInString(*s) <= maxText, path, "field.too_long", "max", maxText)
	}
	text(&q.Text, path+".text", true)
	text(&q.Why, path+".why", false)
	right := 0
	for i := range q.Options {
		text(&q.Options[i].Text, path+".options["+strconv.Itoa(i)+"].text", true)
		if q.Options[i].Right {
			right++
		}
	}
	v.Check(len(q.Options) >= 2 && len(q.Options) <= maxOptions, path+".options", "training.options", "max", maxOptions)
	v.Check(right == 1 || q.Many && right > 1, path+".options", "training.right_options")
}

// ready says whether a draft may be published: there is something to read, and a mark where something is asked.
func (c *Content) ready() error {
	var v errs.Validation
	v.Check(c.Body != "" || c.ArticleID != 0 || c.FileID != 0, "body", "training.nothing_to_read")
	v.Check(len(c.Questions) == 0 || c.PassMark > 0, "pass_mark", "training.between", "min", 1, "max", 100)
	return v.Err()
}

// asked is how many questions an attempt puts.
func (c *Content) asked() int {
	if c.Shown == 0 {
		return len(c.Questions)
	}
	return min(c.Shown, len(c.Questions))
}

// Put is a question as it is put: its place among those of the edition, and its options in the order in which they are shown.
type Put struct {
	Q       int   `json:"q"`
	Options []int `json:"options"`
}

// draw makes the paper of an attempt. The order follows from the seed alone.
func (c *Content) draw(seed [16]byte) []Put {
	//nolint:gosec // an order of questions is no secret: what is right is not told by it
	r := rand.New(rand.NewPCG(binary.LittleEndian.Uint64(seed[:8]), binary.LittleEndian.Uint64(seed[8:])))
	paper := make([]Put, 0, c.asked())
	for _, q := range r.Perm(len(c.Questions))[:c.asked()] {
		paper = append(paper, Put{q, r.Perm(len(c.Questions[q].Options))})
	}
	return paper
}

// judge marks answers, which name options by their places on the paper: per question whether it is right, and the share in per cent.
// Errors: training.unanswered, invalid_input.
func (c *Content) judge(paper []Put, answers [][]int) (right []bool, score int, err error) {
	if len(answers) != len(paper) {
		return nil, 0, errs.New(errs.Invalid, "training.unanswered", "asked", len(paper), "answered", len(answers))
	}
	var v errs.Validation
	right = make([]bool, len(paper))
	n := 0
	for i, put := range paper {
		q := c.Questions[put.Q]
		chosen := make(map[int]bool, len(answers[i]))
		for _, at := range answers[i] {
			ok := at >= 0 && at < len(put.Options)
			v.Check(ok, "answers["+strconv.Itoa(i)+"]", "field.not_allowed", "value", strconv.Itoa(at))
			if ok {
				chosen[put.Options[at]] = true
			}
		}
		v.Check(len(chosen) > 0 && (q.Many || len(chosen) == 1), "answers["+strconv.Itoa(i)+"]", "training.choose")
		right[i] = true
		for o := range q.Options {
			right[i] = right[i] && q.Options[o].Right == chosen[o]
		}
		if right[i] {
			n++
		}
	}
	if err := v.Err(); err != nil {
		return nil, 0, err
	}
	if len(paper) == 0 {
		return right, 100, nil
	}
	return right, n * 100 / len(paper), nil
}

// AttemptState is where an attempt stands; see doc.go.
type AttemptState string

// The states of an attempt.
const (
	Open   AttemptState = "open"
	Passed AttemptState = "passed"
	Failed AttemptState = "failed"
	Void   AttemptState = "void"
)

// Attempt is one try at the questions of an edition.
type Attempt struct {
	ID, UserID, CourseID int64
	Edition              int
	Paper                []Put
	Answers              [][]int
	State                AttemptState
	Score                int
	Forgiven             bool
	BegunAt, EndedAt     int64 // microseconds
}

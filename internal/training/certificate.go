package training

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"kezhi/internal/calendar"
	"kezhi/internal/errs"
)

// Certificate says that somebody learned a topic.
type Certificate struct {
	ID, UserID           int64
	Topic, Title, Number string
	CourseID, AttemptID  int64         // 0 = issued elsewhere
	IssuedOn             calendar.Date //
	ExpiresOn            calendar.Date // the last day it holds, None = it does not expire
	Withdrawn            string        // why, empty = it holds
	CreatedBy, CreatedAt int64
}

// holds says whether the certificate holds on a day.
func (c *Certificate) holds(on calendar.Date) bool {
	return c.Withdrawn == "" && c.IssuedOn <= on && (c.ExpiresOn == calendar.None || c.ExpiresOn >= on)
}

// Standing is how somebody stands to a course.
type Standing string

// The standings, what calls for action first.
const (
	Overdue  Standing = "overdue"  // no certificate, and the term is over
	Expired  Standing = "expired"  // there was one
	Todo     Standing = "todo"     // no certificate yet
	Expiring Standing = "expiring" // it is to be renewed
	Valid    Standing = "valid"
)

// Standings lists them in that order.
var Standings = []Standing{Overdue, Expired, Todo, Expiring, Valid}

// Due says whether the person has something to do.
func (s Standing) Due() bool { return s != Valid }

// never is 9999-12-31: the last day of a certificate that does not expire, where last days are compared.
const never = calendar.Date(2_932_896)

// stand gives the standing of a person whose best certificate holds to last (None = there is none) and who is to be done by due
// (None = no term).
func stand(last, due, today calendar.Date, remindDays int) Standing {
	switch {
	case last == calendar.None && due != calendar.None && due < today:
		return Overdue
	case last == calendar.None:
		return Todo
	case last < today:
		return Expired
	case last != never && last < today.AddDays(remindDays):
		return Expiring
	}
	return Valid
}

// best gives the last day of the certificate of a topic that holds longest among those issued up to a day, None without one.
func best(list []Certificate, topic string, today calendar.Date) calendar.Date {
	last := calendar.None
	for i := range list {
		c := &list[i]
		switch {
		case c.Topic != topic || c.Withdrawn != "" || c.IssuedOn > today:
		case c.ExpiresOn == calendar.None:
			last = never
		default:
			last = max(last, c.ExpiresOn)
		}
	}
	return last
}

// dueOn gives the day by which a course is to be finished by somebody who joined on a day.
func dueOn(published, joined calendar.Date, days int) calendar.Date {
	if days == 0 || published == calendar.None {
		return calendar.None
	}
	return max(published, joined).AddDays(days)
}

// Issued is a certificate that comes from elsewhere.
type Issued struct {
	Login                string
	Topic, Title, Number string
	IssuedOn, ExpiresOn  calendar.Date
}

// maxIssued is how many certificates are taken over at once.
const maxIssued = 5000

func checkIssued(list []Issued, today calendar.Date, known map[string]int64) error {
	var v errs.Validation
	v.Check(len(list) > 0, "items", "field.required")
	v.Check(len(list) <= maxIssued, "items", "field.too_long", "max", maxIssued)
	for i := range list {
		c, at := &list[i], func(field string) string { return "items[" + strconv.Itoa(i) + "]." + field }
		c.Login, c.Topic, c.Number = strings.ToLower(strings.TrimSpace(c.Login)), strings.TrimSpace(c.Topic), strings.TrimSpace(c.Number)
		c.Title = strings.Join(strings.Fields(c.Title), " ")
		v.Check(known[c.Login] != 0, at("login"), "training.no_such_person", "login", c.Login)
		v.Check(topicForm.MatchString(c.Topic), at("topic"), "training.topic_form")
		v.Check(c.Title != "", at("title"), "field.required")
		v.Check(utf8.RuneCountInString(c.Title) <= maxTitle, at("title"), "field.too_long", "max", maxTitle)
		v.Check(utf8.RuneCountInString(c.Number) <= maxTitle, at("number"), "field.too_long", "max", maxTitle)
		v.Check(c.IssuedOn != calendar.None, at("issued_on"), "field.required")
		v.Check(c.IssuedOn <= today, at("issued_on"), "training.in_future")
		v.Check(c.ExpiresOn == calendar.None || c.ExpiresOn >= c.IssuedOn && c.ExpiresOn < never, at("expires_on"), "training.expires_before")
	}
	return v.Err()
}

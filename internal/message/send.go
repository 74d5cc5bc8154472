package message

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/channel"
	"kezhi/internal/clock"
	"kezhi/internal/customer"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/job"
	"kezhi/internal/setting"
)

// draft is a message with everything the gate asks about it.
type draft struct {
	Message
	wishes []Wish
	from   time.Time // zero = now
	until  time.Time
	// preferred has the recipient's own channel go before the template's.
	preferred bool
}

// earliest gives the first moment at which a message is to go out.
func (d *draft) earliest(now time.Time) time.Time {
	if d.from.After(now) {
		return d.from
	}
	return now
}

// Preview is a message as it would go out now, and what the gate says to it.
type Preview struct {
	Message
	Gate Answered
}

// Preview renders a message for a real customer and asks the gate, writing nothing. Needs message.send over the customer.
// Errors: not_found, invalid_input.
func (s *Service) Preview(ctx context.Context, in SendInput) (Preview, error) {
	d, err := s.draft(ctx, in)
	if err != nil {
		return Preview{}, err
	}
	policy, err := loadPolicy(ctx, s.db.Read())
	if err != nil {
		return Preview{}, err
	}
	gate, err := s.may(ctx, s.db.Read(), policy, &d, d.earliest(s.now()))
	return Preview{d.Message, gate}, err
}

// Send queues a message to one customer. What the gate forbids is kept as suppressed, so that the log says why. The same
// request again (key and input) gives the first message. Needs message.send over the customer. Errors: not_found,
// customer.archived, invalid_input, message.key_reused.
func (s *Service) Send(ctx context.Context, in SendInput) (Message, error) {
	d, err := s.draft(ctx, in)
	if err != nil {
		return Message{}, err
	}
	var out Message
	queue := func(q db.Q) error {
		var err error
		out, err = s.queueUp(ctx, q, &d)
		return err
	}
	if err = s.db.InTx(ctx, queue); db.UniqueTable(err) == "message" { // the same request came twice at once
		err = s.db.InTx(ctx, queue)
	}
	return out, err
}

func (s *Service) queueUp(ctx context.Context, q db.Q, d *draft) (Message, error) {
	if d.key != "" {
		old, hash, err := byKey(ctx, q, d.CustomerID, d.key)
		switch {
		case err == nil && hash != d.hash:
			return Message{}, errs.New(errs.Conflict, "message.key_reused")
		case err == nil || !db.IsNoRows(err):
			return old, err
		}
	}
	policy, err := loadPolicy(ctx, q)
	if err != nil {
		return Message{}, err
	}
	now := s.now()
	gate, err := s.may(ctx, q, policy, d, d.earliest(now))
	if err != nil {
		return Message{}, err
	}
	actor, _ := authz.From(ctx)
	m := d.Message
	m.ID, m.CreatedAt, m.CreatedBy, m.Version = id.New(now), now, actor.UserID, 1
	s.settle(&m, gate, d.earliest(now))
	if err := insert(ctx, q, &m, now); err != nil {
		return Message{}, err
	}
	detail := map[string]any{"channel": m.Channel, "purpose": m.Purpose, "state": m.State, "why": m.Why, "template": id.Optional(m.TemplateID)}
	if err := audit.Write(ctx, q, now, audit.Entry{Action: "message.send", Entity: "message", EntityID: id.String(m.ID), CustomerID: m.CustomerID, Detail: detail}); err != nil {
		return Message{}, err
	}
	if m.State == Queued && m.NextAt <= clock.Micros(now) {
		err = s.wake(ctx, q)
	}
	return m, err
}

// settle puts a message where the gate sends it.
func (s *Service) settle(m *Message, gate Answered, now time.Time) {
	m.Why, m.WhyArgs = gate.Why, gate.Args
	switch gate.Passage {
	case No:
		m.State, m.NextAt = Suppressed, 0
	case Later:
		m.State, m.NextAt = Queued, clock.Micros(gate.At)
	default:
		m.State, m.NextAt = Queued, clock.Micros(now)
	}
}

func (s *Service) wake(ctx context.Context, q db.Q) error {
	_, err := s.queue.Enqueue(ctx, q, job.Spec{Kind: JobDeliver, Args: struct{}{}, UniqueKey: JobDeliver})
	return err
}

// May answers whether a customer may be written to, for which purpose, at which moment, by the channel it prefers or else the one
// named: yes, later (from when) or no, and why. Needs message.read over the customer. Error: not_found.
func (s *Service) May(ctx context.Context, customerID, contactID int64, name channel.Name, p Purpose, at time.Time) (Answered, error) {
	if _, err := s.customers.Guard(ctx, authz.MessageRead, customerID); err != nil {
		return Answered{}, err
	}
	d := draft{Message: Message{CustomerID: customerID, ContactID: contactID, Channel: name, Purpose: p}, from: at, preferred: true}
	if err := s.address(ctx, &d); err != nil {
		return Answered{}, err
	}
	policy, err := loadPolicy(ctx, s.db.Read())
	if err != nil {
		return Answered{}, err
	}
	if err := s.prefer(ctx, policy, &d, contactID, true); err != nil {
		return Answered{}, err
	}
	return s.may(ctx, s.db.Read(), policy, &d, at)
}

// may asks the gate with the wishes and the history of this moment.
func (s *Service) may(ctx context.Context, q db.Q, p Policy, d *draft, at time.Time) (Answered, error) {
	ask := Asked{Channel: d.Channel, Purpose: d.Purpose, At: at.In(s.loc), Wishes: d.wishes, Address: d.Address, Until: d.until}
	_, ask.Ready = s.channels.Get(d.Channel)
	if p.Cap > 0 && d.Purpose != Answer {
		recent, err := recentOf(ctx, q, d.CustomerID, clock.Micros(at.AddDate(0, 0, -p.CapDays)))
		if err != nil {
			return Answered{}, err
		}
		for _, us := range recent {
			ask.Recent = append(ask.Recent, clock.FromMicros(us))
		}
	}
	return May(p, ask), nil
}

// draft reads, renders and addresses a message.
func (s *Service) draft(ctx context.Context, in SendInput) (draft, error) {
	if _, err := s.customers.Guard(ctx, authz.MessageSend, in.CustomerID); err != nil {
		return draft{}, err
	}
	t := Template{Channel: in.Channel, Purpose: in.Purpose}
	if in.TemplateID != 0 {
		var err error
		if t, err = loadTemplate(ctx, s.db.Read(), in.TemplateID); err != nil {
			return draft{}, err
		}
		if in.Channel == "" {
			in.Channel = t.Channel
		}
		in.Purpose = t.Purpose
	}
	in, err := in.normal()
	if err != nil {
		return draft{}, err
	}
	var v errs.Validation
	v.Check(in.TemplateID == 0 || t.Channel == in.Channel, "template_id", "message.other_channel", "channel", string(t.Channel))
	v.Check(!t.Archived, "template_id", "message.template_archived", "name", t.Name)
	v.Check(slices.Contains(Purposes, in.Purpose), "purpose", "field.not_allowed", "value", string(in.Purpose))
	if err := v.Err(); err != nil {
		return draft{}, err
	}
	d := draft{from: in.NotBefore, until: in.Until, preferred: in.Preferred, Message: Message{
		CustomerID: in.CustomerID, ContactID: in.ContactID, Channel: in.Channel, Purpose: in.Purpose, TemplateID: in.TemplateID, Ref: in.Ref, key: in.Key, hash: in.hash(),
	}}
	if !in.Until.IsZero() {
		d.UntilAt = clock.Micros(in.Until)
	}
	return d, s.fill(ctx, &d, t, in)
}

func (in SendInput) hash() string {
	in.Key = ""
	b, _ := json.Marshal(in) //nolint:errchkjson // plain values
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// fill finds the address and puts the words in.
func (s *Service) fill(ctx context.Context, d *draft, t Template, in SendInput) error {
	if err := s.address(ctx, d); err != nil {
		return err
	}
	policy, err := loadPolicy(ctx, s.db.Read())
	if err != nil {
		return err
	}
	if err := s.prefer(ctx, policy, d, in.ContactID, t.Subject != Words{} || in.Subject != ""); err != nil {
		return err
	}
	d.Language = in.Language
	for _, w := range d.wishes {
		if in.Language == "" && w.Language != "" {
			d.Language = w.Language
		}
	}
	if d.Language == "" {
		d.Language = policy.Language
	}
	subject, body := in.Subject, in.Body
	if body == "" {
		body = t.Body.In(d.Language)
	}
	if subject == "" {
		subject = t.Subject.In(d.Language)
	}
	values, err := s.values(ctx, d, policy)
	if err != nil {
		return err
	}
	maps.Copy(values, in.Values)
	if d.Channel == channel.SMS {
		subject = "" // the words of a mail may go as a text, which has none
	}
	d.Subject, d.Body = strings.Join(strings.Fields(render(subject, values)), " "), render(body, values)
	var v errs.Validation
	v.Check(d.Body != "", "body", "field.required")
	v.Check(d.Channel != channel.Mail || d.Subject != "", "subject", "field.required")
	v.Check(len([]rune(d.Body)) <= 2*maxBody, "body", "field.too_long", "max", 2*maxBody)
	return v.Err()
}

// prefer puts a message on the channel its recipient likes best, when one was named and the message can go that way: the gate lets
// it, there is an address, and a mail has a subject. Otherwise it stays where it was.
func (s *Service) prefer(ctx context.Context, p Policy, d *draft, contactID int64, subject bool) error {
	var want channel.Name
	for _, w := range d.wishes { // the contact's come last and win
		if w.Channel != "" {
			want = w.Channel
		}
	}
	if !d.preferred || want == "" || want == d.Channel || want == channel.Mail && !subject {
		return nil
	}
	other := *d
	other.Channel, other.ContactID, other.wishes = want, contactID, nil
	if err := s.address(ctx, &other); err != nil {
		return err
	}
	gate, err := s.may(ctx, s.db.Read(), p, &other, other.earliest(s.now()))
	if err == nil && gate.Passage != No {
		*d = other
	}
	return err
}

// address finds who a message goes to and where.
func (s *Service) address(ctx context.Context, d *draft) error {
	c, err := s.customers.Get(ctx, d.CustomerID)
	if err != nil {
		return err
	}
	if c.Archived {
		return errs.New(errs.Conflict, "customer.archived", "code", c.Code)
	}
	contacts, err := s.customers.Contacts(ctx, d.CustomerID, false)
	if err != nil {
		return err
	}
	all, err := wishesOf(ctx, s.db.Read(), d.CustomerID)
	if err != nil {
		return err
	}
	d.CustomerName, d.Recipient = c.Name, c.Name
	d.Address = ownAddress(&c, wishFor(all, 0), d.Channel)
	at := slices.IndexFunc(contacts, func(p customer.Contact) bool { return p.ID == d.ContactID })
	switch {
	case d.ContactID != 0 && at < 0:
		return db.ErrNoRows
	case d.ContactID == 0 && d.Address == "":
		// The one people usually talk to stands in for a customer without an address of its own.
		at = slices.IndexFunc(contacts, func(p customer.Contact) bool {
			return contactAddress(p, &c, wishFor(all, p.ID), d.Channel) != ""
		})
	}
	if at >= 0 {
		p := contacts[at]
		d.ContactID, d.Recipient, d.Address = p.ID, p.Name, contactAddress(p, &c, wishFor(all, p.ID), d.Channel)
	}
	for _, w := range all {
		if w.ContactID == 0 || w.ContactID == d.ContactID {
			d.wishes = append(d.wishes, w)
		}
	}
	return nil
}

func wishFor(all []Wish, contactID int64) Wish {
	for _, w := range all {
		if w.ContactID == contactID {
			return w
		}
	}
	return Wish{ContactID: contactID}
}

// ownAddress gives the address of a customer itself.
func ownAddress(c *customer.Customer, w Wish, name channel.Name) string {
	kind := ""
	switch name {
	case channel.Mail:
		kind = customer.TypeEmail
	case channel.SMS:
		kind = customer.TypePhone
	case channel.WeCom:
		return w.WeCom
	case channel.Webhook:
		return c.Code
	}
	for _, i := range c.Identifiers {
		if i.Type == kind && (name != channel.SMS || texts(i.Value)) {
			return i.Value
		}
	}
	return ""
}

func contactAddress(p customer.Contact, c *customer.Customer, w Wish, name channel.Name) string {
	switch {
	case name == channel.Mail:
		return p.Email
	case name == channel.SMS && texts(p.Phone):
		return p.Phone
	case name == channel.WeCom:
		return w.WeCom
	case name == channel.Webhook:
		return c.Code + "/" + id.String(p.ID)
	}
	return ""
}

// texts says whether a number takes text messages: extensions do not, and in mainland China only mobile numbers do.
func texts(phone string) bool {
	if phone == "" || strings.Contains(phone, ";") {
		return false
	}
	national, chinese := strings.CutPrefix(phone, "+86")
	return !chinese || len(national) == 11 && national[0] == '1'
}

// values gives what the fields of a template stand for.
func (s *Service) values(ctx context.Context, d *draft, p Policy) (map[string]string, error) {
	c, err := s.customers.Get(ctx, d.CustomerID)
	if err != nil {
		return nil, err
	}
	house := Words(p.Organisation)
	if house == (Words{}) {
		if house.Zh, house.En, err = setting.House(ctx, s.db.Read()); err != nil {
			return nil, err
		}
	}
	out := map[string]string{
		"customer.name": c.Name, "customer.code": c.Code, "owner.name": c.OwnerName, "salutation": d.Recipient,
		"organisation": house.In(d.Language), "today": dateText(calendar.FromTime(s.now(), s.loc), d.Language),
	}
	if d.Language == English && c.NameEN != "" {
		out["customer.name"] = c.NameEN
	}
	contacts, err := s.customers.Contacts(ctx, d.CustomerID, false)
	if err != nil {
		return nil, err
	}
	for i := range contacts {
		if contacts[i].ID == d.ContactID {
			out["contact.name"], out["contact.title"] = contacts[i].Name, contacts[i].Title
		}
	}
	for _, w := range d.wishes {
		if w.Salutation != "" && w.ContactID == d.ContactID {
			out["salutation"] = w.Salutation
		}
	}
	return out, nil
}

func dateText(d calendar.Date, language string) string {
	y, m, day := d.Civil()
	t := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
	if language == English {
		return t.Format("2 January 2006")
	}
	return t.Format("2006年1月2日")
}

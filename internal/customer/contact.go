package customer

import (
	"context"
	"time"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/id"
)

// Contact is a person at a customer.
type Contact struct {
	ID, CustomerID int64
	ContactInput
	Archived  bool
	Version   int64
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Contacts lists the people at a customer, the primary one first; archived ones only on request. At most maxContacts of them.
func (s *Service) Contacts(ctx context.Context, customerID int64, archived bool) ([]Contact, error) {
	if _, err := s.Guard(ctx, authz.CustomerRead, customerID); err != nil {
		return nil, err
	}
	return contactsOf(ctx, s.db.Read(), customerID, archived)
}

// Reach gives a customer, archived or not, and the contacts it has, read inside the caller's transaction: for whoever is about to
// write to the customer. It asks for no permission; the caller did. Error: not_found.
func (s *Service) Reach(ctx context.Context, q db.Q, customerID int64) (Customer, []Contact, error) {
	c, err := load(ctx, q, customerID)
	if err != nil {
		return c, nil, err
	}
	list, err := contactsOf(ctx, q, customerID, false)
	return c, list, err
}

// AddContact adds a person to a customer. Errors: not_found, customer.archived, invalid_input, customer.contacts_full.
func (s *Service) AddContact(ctx context.Context, customerID int64, in ContactInput) (Contact, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return Contact{}, err
	}
	var v errs.Validation
	in = in.normal(&v, "")
	if err := v.Err(); err != nil {
		return Contact{}, err
	}
	var out Contact
	err = s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := openParts(ctx, q, actor, customerID, now); err != nil {
			return err
		}
		have, err := contactsOf(ctx, q, customerID, false)
		if err != nil {
			return err
		}
		if len(have) >= maxContacts {
			return errs.New(errs.TooLarge, "customer.contacts_full", "max", maxContacts)
		}
		if in.Primary {
			if err := clearPrimary(ctx, q, customerID, 0, now); err != nil {
				return err
			}
		}
		ids, err := insertContacts(ctx, q, []part[ContactInput]{{customerID, in}}, now)
		if err != nil {
			return err
		}
		if err := s.contactChanged(ctx, q, now, "contact.create", customerID, ids[0], contactDiff(ContactInput{}, in)); err != nil {
			return err
		}
		out, err = loadContact(ctx, q, customerID, ids[0])
		return err
	})
	return out, err
}

// ChangeContact changes a contact of the given version. Errors: not_found, precondition_failed (args current: the Contact), customer.archived, invalid_input.
func (s *Service) ChangeContact(ctx context.Context, customerID, contactID, version int64, change func(*ContactInput)) (Contact, error) {
	return s.withContact(ctx, customerID, contactID, version, func(q db.Q, cur Contact, now time.Time) error {
		after := cur.ContactInput
		change(&after)
		var v errs.Validation
		after = after.normal(&v, "")
		if err := v.Err(); err != nil {
			return err
		}
		changes := contactDiff(cur.ContactInput, after)
		if len(changes) == 0 {
			return nil
		}
		if after.Primary && !cur.Primary {
			if err := clearPrimary(ctx, q, customerID, contactID, now); err != nil {
				return err
			}
		}
		if err := updateContact(ctx, q, customerID, contactID, after, now); err != nil {
			return err
		}
		if dateText(cur.Birthday) != dateText(after.Birthday) {
			if err := setBorn(ctx, q, customerID, contactID, after.Birthday, now); err != nil {
				return err
			}
		}
		return s.contactChanged(ctx, q, now, "contact.update", customerID, contactID, changes)
	})
}

// ArchiveContact takes a contact out of the list; it stays in the history. Errors: not_found, precondition_failed, customer.archived.
func (s *Service) ArchiveContact(ctx context.Context, customerID, contactID, version int64) (Contact, error) {
	return s.withContact(ctx, customerID, contactID, version, func(q db.Q, cur Contact, now time.Time) error {
		if cur.Archived {
			return nil
		}
		if err := archiveContact(ctx, q, customerID, contactID, now); err != nil {
			return err
		}
		return s.contactChanged(ctx, q, now, "contact.archive", customerID, contactID,
			[]audit.Change{{Field: "name", Before: cur.Name, After: ""}})
	})
}

func (s *Service) withContact(ctx context.Context, customerID, contactID, version int64, fn func(q db.Q, cur Contact, now time.Time) error) (Contact, error) {
	actor, err := authz.Require(ctx, authz.CustomerWrite)
	if err != nil {
		return Contact{}, err
	}
	var out Contact
	err = s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := openParts(ctx, q, actor, customerID, now); err != nil {
			return err
		}
		cur, err := loadContact(ctx, q, customerID, contactID)
		if err != nil {
			return err
		}
		if cur.Version != version {
			return stale(cur)
		}
		if err := fn(q, cur, now); err != nil {
			return err
		}
		out, err = loadContact(ctx, q, customerID, contactID)
		return err
	})
	return out, err
}

// writable says whether the actor may change this customer and it is not archived.
func writable(ctx context.Context, q db.Q, actor authz.Actor, customerID int64) error {
	f, err := guard(ctx, q, actor, authz.CustomerWrite, customerID)
	if err == nil && f.Archived {
		return errs.New(errs.Conflict, "customer.archived", "code", f.Code)
	}
	return err
}

// openParts lets pass who may change the customer, and makes those who change its contacts or relations wait for each other, so that no version moves
// between look and write.
func openParts(ctx context.Context, q db.Q, actor authz.Actor, customerID int64, now time.Time) error {
	if err := writable(ctx, q, actor, customerID); err != nil {
		return err
	}
	return touch(ctx, q, customerID, now)
}

// contactChanged brings the search terms up to date and writes audit and event.
func (s *Service) contactChanged(ctx context.Context, q db.Q, now time.Time, action string, customerID, contactID int64, changes []audit.Change) error {
	c, err := load(ctx, q, customerID)
	if err != nil {
		return err
	}
	if err := refreshTerms(ctx, q, customerID, c.input()); err != nil {
		return err
	}
	entry := audit.Entry{Action: action, Entity: "contact", EntityID: id.String(contactID), CustomerID: customerID, Detail: changes}
	if err := audit.Write(ctx, q, now, entry); err != nil {
		return err
	}
	return s.bus.Emit(ctx, q, EventUpdated, customerID, Happened{Fields: []string{"contacts"}, OwnerID: c.OwnerID, UnitID: c.UnitID})
}

func contactDiff(before, after ContactInput) []audit.Change {
	var out []audit.Change
	add := func(field string, b, a any) {
		if b != a {
			out = append(out, audit.Change{Field: field, Before: b, After: a})
		}
	}
	add("name", before.Name, after.Name)
	add("title", before.Title, after.Title)
	add("phone", before.Phone, after.Phone)
	add("email", before.Email, after.Email)
	add("birthday", dateText(before.Birthday), dateText(after.Birthday))
	add("primary", before.Primary, after.Primary)
	add("note", before.Note, after.Note)
	return out
}

package customer

import (
	"context"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

type contactsIn struct {
	ID       string `path:"id"`
	Archived bool   `query:"archived" doc:"With those in the archive"`
}

type contactCreateIn struct {
	ID   string `path:"id"`
	Body ContactWrite
}

type contactPatchIn struct {
	ID        string `path:"id"`
	ContactID string `path:"contact"`
	IfMatch   string `header:"If-Match"`
	Body      ContactWrite
}

type contactArchiveIn struct {
	ID        string `path:"id"`
	ContactID string `path:"contact"`
	IfMatch   string `header:"If-Match"`
}

func registerContacts(api *httpapi.API, s *Service) {
	const path = "/customers/{id}/contacts"
	httpapi.Register(api, httpapi.Op{ID: "list-contacts", Method: http.MethodGet, Path: path, Summary: "The people at a customer", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *contactsIn) (*httpapi.Body[httpapi.List[ContactView]], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			list, err := s.Contacts(ctx, n, in.Archived)
			return httpapi.OkList(mapped(list, contactOf), ""), err
		})
	httpapi.Register(api, httpapi.Op{
		ID: "create-contact", Method: http.MethodPost, Path: path, Summary: "Add a contact", Tag: tag, Permission: authz.CustomerWrite, Status: http.StatusCreated,
	}, func(ctx context.Context, in *contactCreateIn) (*httpapi.Tagged[ContactView], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		var v errs.Validation
		var input ContactInput
		in.Body.apply(&v, &input)
		if err := v.Err(); err != nil {
			return nil, err
		}
		return taggedContact(s.AddContact(ctx, n, input))
	})
	httpapi.Register(api, httpapi.Op{
		ID: "update-contact", Method: http.MethodPatch, Path: path + "/{contact}", Summary: "Change the fields sent", Tag: tag, Permission: authz.CustomerWrite,
	}, func(ctx context.Context, in *contactPatchIn) (*httpapi.Tagged[ContactView], error) {
		customerID, contactID, version, err := targets(in.ID, in.ContactID, in.IfMatch)
		if err != nil {
			return nil, err
		}
		var v errs.Validation
		in.Body.apply(&v, &ContactInput{})
		if err := v.Err(); err != nil {
			return nil, err
		}
		return taggedContact(s.ChangeContact(ctx, customerID, contactID, version, func(c *ContactInput) { in.Body.apply(&v, c) }))
	})
	httpapi.Register(api, httpapi.Op{
		ID: "archive-contact", Method: http.MethodDelete, Path: path + "/{contact}", Summary: "Take a contact out of the list; it stays in the history", Tag: tag,
		Permission: authz.CustomerWrite,
	}, func(ctx context.Context, in *contactArchiveIn) (*httpapi.Tagged[ContactView], error) {
		customerID, contactID, version, err := targets(in.ID, in.ContactID, in.IfMatch)
		if err != nil {
			return nil, err
		}
		return taggedContact(s.ArchiveContact(ctx, customerID, contactID, version))
	})
}

func targets(customer, part, ifMatch string) (customerID, partID, version int64, err error) {
	if customerID, err = id.Parse(customer); err != nil {
		return 0, 0, 0, err
	}
	partID, version, err = target(part, ifMatch)
	return customerID, partID, version, err
}

func taggedContact(c Contact, err error) (*httpapi.Tagged[ContactView], error) {
	if err != nil {
		return nil, shown(err)
	}
	return &httpapi.Tagged[ContactView]{ETag: httpapi.Tag(c.Version), Body: contactOf(c)}, nil
}

// mapped gives the views of a list.
func mapped[A, B any](list []A, view func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = view(a)
	}
	return out
}

type relationCreateIn struct {
	ID   string `path:"id"`
	Body RelationWrite
}

type relationPatchIn struct {
	ID         string `path:"id"`
	RelationID string `path:"relation"`
	IfMatch    string `header:"If-Match"`
	Body       RelationWrite
}

type relationArchiveIn struct {
	ID         string `path:"id"`
	RelationID string `path:"relation"`
	IfMatch    string `header:"If-Match"`
}

func registerRelations(api *httpapi.API, s *Service) {
	const path = "/customers/{id}/relations"
	httpapi.Register(api, httpapi.Op{ID: "list-relations", Method: http.MethodGet, Path: path, Summary: "The relations of a customer, in both directions", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *idIn) (*httpapi.Body[httpapi.List[RelationView]], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			list, err := s.Relations(ctx, n)
			return httpapi.OkList(mapped(list, relationOf), ""), err
		})
	httpapi.Register(api, httpapi.Op{
		ID: "create-relation", Method: http.MethodPost, Path: path, Summary: "Tie a customer to another one", Tag: tag, Permission: authz.CustomerWrite, Status: http.StatusCreated,
	}, func(ctx context.Context, in *relationCreateIn) (*httpapi.Tagged[RelationView], error) {
		n, err := id.Parse(in.ID)
		if err != nil {
			return nil, err
		}
		var input RelationInput
		in.Body.apply(&input)
		if in.Body.OtherID == nil {
			return nil, &errs.Error{Kind: errs.Invalid, Code: "invalid_input", Fields: []errs.Field{{Path: "other_id", Code: "field.required"}}}
		}
		if input.ToID, err = id.Parse(*in.Body.OtherID); err != nil {
			return nil, err
		}
		l, err := s.AddRelation(ctx, n, input)
		return taggedRelation(l, err)
	})
	httpapi.Register(api, httpapi.Op{
		ID: "update-relation", Method: http.MethodPatch, Path: path + "/{relation}", Summary: "Change the fields sent", Tag: tag, Permission: authz.CustomerWrite,
	}, func(ctx context.Context, in *relationPatchIn) (*httpapi.Tagged[RelationView], error) {
		customerID, relationID, version, err := targets(in.ID, in.RelationID, in.IfMatch)
		if err != nil {
			return nil, err
		}
		l, err := s.ChangeRelation(ctx, customerID, relationID, version, in.Body.apply)
		return taggedRelation(s.seen(ctx, l, err))
	})
	httpapi.Register(api, httpapi.Op{
		ID: "archive-relation", Method: http.MethodDelete, Path: path + "/{relation}", Summary: "End a relation; it stays in the history", Tag: tag, Permission: authz.CustomerWrite,
	}, func(ctx context.Context, in *relationArchiveIn) (*httpapi.Tagged[RelationView], error) {
		customerID, relationID, version, err := targets(in.ID, in.RelationID, in.IfMatch)
		if err != nil {
			return nil, err
		}
		l, err := s.ArchiveRelation(ctx, customerID, relationID, version)
		return taggedRelation(s.seen(ctx, l, err))
	})
}

// seen adds the other customer to a relation, if the actor may see it.
func (s *Service) seen(ctx context.Context, l Relation, err error) (Related, error) {
	if err != nil {
		return Related{}, err
	}
	refs, err := s.Visible(ctx, authz.CustomerRead, []int64{l.ToID})
	other, ok := refs[l.ToID]
	return Related{Relation: l, Outgoing: true, Other: other, Hidden: !ok}, err
}

func taggedRelation(l Related, err error) (*httpapi.Tagged[RelationView], error) {
	if err != nil {
		return nil, shown(err)
	}
	return &httpapi.Tagged[RelationView]{ETag: httpapi.Tag(l.Version), Body: relationOf(l)}, nil
}

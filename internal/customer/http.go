package customer

import (
	"context"
	"maps"
	"net/http"

	"kezhi/internal/authz"
	"kezhi/internal/errs"
	"kezhi/internal/httpapi"
	"kezhi/internal/id"
)

const tag = "Customers"

// Register adds the operations of customers and of the code tables.
func Register(api *httpapi.API, s *Service) {
	registerCustomers(api, s)
	registerArchive(api, s)
	registerContacts(api, s)
	registerRelations(api, s)
	registerDays(api, s)
	registerLists(api, s)
	registerBulk(api, s)
	registerFields(api, s)
	registerCodes(api)
}

type idIn struct {
	ID string `path:"id" doc:"Id of the customer"`
}

type createIn struct{ Body Write }

type patchIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match" doc:"The ETag of what the change is based on"`
	Body    Write
}

func registerCustomers(api *httpapi.API, s *Service) {
	httpapi.Register(api, httpapi.Op{
		ID: "create-customer", Method: http.MethodPost, Path: "/customers", Summary: "Add a customer", Tag: tag, Permission: authz.CustomerWrite, Status: http.StatusCreated,
	}, func(ctx context.Context, in *createIn) (*httpapi.Tagged[View], error) {
		input, _, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		return tagged(s.Create(ctx, input))
	})
	httpapi.Register(api, httpapi.Op{ID: "get-customer", Method: http.MethodGet, Path: "/customers/{id}", Summary: "A customer", Tag: tag, Permission: authz.CustomerRead},
		func(ctx context.Context, in *idIn) (*httpapi.Tagged[View], error) {
			n, err := id.Parse(in.ID)
			if err != nil {
				return nil, err
			}
			return tagged(s.Get(ctx, n))
		})
	httpapi.Register(api, httpapi.Op{
		ID: "update-customer", Method: http.MethodPatch, Path: "/customers/{id}", Summary: "Change the fields sent", Tag: tag, Permission: authz.CustomerWrite,
	}, func(ctx context.Context, in *patchIn) (*httpapi.Tagged[View], error) {
		n, version, err := target(in.ID, in.IfMatch)
		if err != nil {
			return nil, err
		}
		input, fields, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		return tagged(s.Update(ctx, n, version, input, fields))
	})
	httpapi.Register(api, httpapi.Op{
		ID: "find-duplicate-customers", Method: http.MethodPost, Path: "/customers/duplicates", Summary: "Who might be the same as what is being entered", Tag: tag,
		Permission: authz.CustomerRead,
	}, func(ctx context.Context, in *duplicatesIn) (*httpapi.Body[httpapi.List[CandidateView]], error) {
		input, _, err := in.Body.input()
		if err != nil {
			return nil, err
		}
		except := int64(0)
		if in.Except != "" {
			if except, err = id.Parse(in.Except); err != nil {
				return nil, err
			}
		}
		found, err := s.Duplicates(ctx, input, except)
		return httpapi.OkList(candidateViews(found), ""), err
	})
}

type duplicatesIn struct {
	Except string `query:"except" doc:"Id of the customer being edited"`
	Body   Write
}

type archiveIn struct {
	ID      string `path:"id"`
	IfMatch string `header:"If-Match"`
	Body    struct {
		Reason string `json:"reason,omitempty" maxLength:"1000"`
	}
}

func registerArchive(api *httpapi.API, s *Service) {
	for _, op := range []struct {
		id, path, summary string
		do                func(context.Context, int64, int64, string) (Customer, error)
	}{
		{"archive-customer", "/customers/{id}/archive", "Take a customer out of lists, grading and duties", s.Archive},
		{"restore-customer", "/customers/{id}/restore", "Bring an archived customer back", s.Restore},
	} {
		httpapi.Register(api, httpapi.Op{ID: op.id, Method: http.MethodPost, Path: op.path, Summary: op.summary, Tag: tag, Permission: authz.CustomerArchive},
			func(ctx context.Context, in *archiveIn) (*httpapi.Tagged[View], error) {
				n, version, err := target(in.ID, in.IfMatch)
				if err != nil {
					return nil, err
				}
				return tagged(op.do(ctx, n, version, in.Body.Reason))
			})
	}
}

// target reads which row at which version a change is for.
func target(rowID, ifMatch string) (n, version int64, err error) {
	if n, err = id.Parse(rowID); err != nil {
		return 0, 0, err
	}
	version, err = httpapi.Match(ifMatch)
	return n, version, err
}

func tagged(c Customer, err error) (*httpapi.Tagged[View], error) {
	if err != nil {
		return nil, shown(err)
	}
	return &httpapi.Tagged[View]{ETag: httpapi.Tag(c.Version), Body: viewOf(c)}, nil
}

// shown turns the rows that an error carries into what the API shows of them.
func shown(err error) error {
	e, ok := errs.As(err)
	if !ok || len(e.Args) == 0 {
		return err
	}
	out := *e
	out.Args = maps.Clone(e.Args)
	for k, arg := range e.Args {
		switch row := arg.(type) {
		case Customer:
			out.Args[k] = viewOf(row)
		case Contact:
			out.Args[k] = contactOf(row)
		case SpecialDay:
			out.Args[k] = dayShown(row)
		case Relation:
			out.Args[k] = relationOf(Related{Relation: row, Outgoing: true, Hidden: true})
		case CustomField:
			out.Args[k] = fieldOf(row)
		case []Candidate:
			out.Args[k] = candidateViews(row)
		}
	}
	return &out
}

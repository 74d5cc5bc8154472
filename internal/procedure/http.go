package procedure

import "kezhi/internal/httpapi"

// Register adds the operations of posts, absences and cases.
func Register(api *httpapi.API, s *Service) {
	registerPosts(api, s)
	registerCases(api, s)
	registerTerms(api, s)
}

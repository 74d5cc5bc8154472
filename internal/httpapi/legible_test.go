package httpapi

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestAddressesThatAreNoTextAreRefused(t *testing.T) {
	h := legible(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	for path, want := range map[string]int{
		"/api/v1/x?q=%E5%AE%A2%E6%88%B7": http.StatusNoContent, "/api/v1/%E5%AE%A2?q=a%20b+c": http.StatusNoContent,
		"/api/v1/x?q=a%00b": http.StatusUnprocessableEntity, "/api/v1/x?q=%FF": http.StatusUnprocessableEntity, "/api/v1/%FF%FE": http.StatusUnprocessableEntity, "/api/v1/x?q=%zz": http.StatusUnprocessableEntity,
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, http.NoBody))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

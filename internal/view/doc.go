// Package view keeps saved views: the filters, order and columns of a list under a name, private or shared.
//
// It owns the table saved_view. It does not know what a query means: that is between the page and its feature, so views hold no data
// and need no data scope. A person sees their own views and those others share; changes belong to the owner alone. Sharing needs view.share.
//
// At most one view per person and page is the default one. Deleting a view is final: it is a preference, not a record.
package view

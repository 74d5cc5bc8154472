// Generated from api/openapi.json by `npm run gen`. Do not edit.

export interface paths {
    "/api/v1/absences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the absences that are not over */
        get: operations["list-absences"];
        put?: never;
        /** Say that somebody is away and who stands in */
        post: operations["enter-absence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/absences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an absence, or take back one that has not begun */
        delete: operations["end-absence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adoption-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests for adoption, newest first */
        get: operations["list-adoption-requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/adoption-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request for adoption */
        get: operations["get-adoption-request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List articles, without their texts */
        get: operations["list-articles"];
        put?: never;
        /** Write a draft */
        post: operations["create-article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download articles */
        get: operations["export-articles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tags in use */
        get: operations["list-article-tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an article */
        get: operations["get-article"];
        /** Save other words or particulars; other words make a new version */
        put: operations["update-article"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/{id}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the cases an article helped with */
        get: operations["list-article-cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the newest version the one people read */
        post: operations["publish-article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/{id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a published article still holds */
        post: operations["review-article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List versions and reviews */
        get: operations["get-article-history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/{id}/versions/{no}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one version */
        get: operations["get-article-version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/articles/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a published article away from its readers */
        post: operations["withdraw-article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what, newest first */
        get: operations["list-audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove that the audit chain is whole */
        post: operations["verify-audit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List calls, newest first, or those to be made again */
        get: operations["list-calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/care/greetings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is to be greeted on which day, and the message by which it is done */
        get: operations["list-greetings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/care/greetings/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve greetings: each goes out on its day with the template; approving twice sends once */
        post: operations["send-greetings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List cases, those of customers who come first before all others */
        get: operations["list-cases"];
        put?: never;
        /** Begin a case */
        post: operations["start-case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many cases a filter lets through */
        get: operations["count-cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download cases as a table */
        get: operations["export-cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a case with everything its screen shows */
        get: operations["get-case"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something with a case */
        post: operations["act-on-case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the knowledge base has for a case */
        get: operations["get-case-articles"];
        put?: never;
        /** Say that an article helped with a case */
        post: operations["attach-article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/articles/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a draft of how a case was dealt with */
        post: operations["save-case-solution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/articles/{article}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an article off a case */
        delete: operations["detach-article"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The phone by which the customer follows a case, and its rating */
        get: operations["get-public-contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/equipment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The machine a case is about, with its other cases */
        get: operations["get-case-equipment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cases/{id}/forms/{step}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a form of a case, to be signed or as a workbook */
        get: operations["print-case-form"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ways messages leave the house */
        get: operations["list-channels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message to an address of yours */
        post: operations["test-channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/codes/industries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Industries of GB/T 4754-2017 */
        get: operations["list-industries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/codes/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Administrative divisions of China */
        get: operations["list-regions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names and units of everybody, for pickers */
        get: operations["list-colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/prevention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What departments do so that complaints do not come again: measure, due day, proof, and what reports name that nobody has begun */
        get: operations["list-preventive-measures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/prevention/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a list to be printed or as a workbook */
        get: operations["export-preventive-measures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The complaints received in a month and how they stand: by department, cause, class, kind of customer, demand, content and channel, and the departments side by side */
        get: operations["get-complaint-statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/statistics/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a form to be signed or as a workbook */
        get: operations["export-complaint-statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The monthly statistics that were made, newest first; every edition */
        get: operations["list-complaint-tables"];
        put?: never;
        /** Make the statistics of a month anew, with a reason; what was made before stays */
        post: operations["make-complaint-table"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/tables/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Monthly statistics as they were made */
        get: operations["get-complaint-table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/tables/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a form to be signed or as a workbook */
        get: operations["export-complaint-table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/custom-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fields the company adds to its customers */
        get: operations["list-custom-fields"];
        put?: never;
        /** Add a custom field */
        post: operations["create-custom-field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/custom-fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the members sent */
        patch: operations["update-custom-field"];
        trace?: never;
    };
    "/api/v1/customer-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sorts of customer */
        get: operations["list-customer-kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, page by page */
        get: operations["list-customers"];
        put?: never;
        /** Add a customer */
        post: operations["create-customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change many customers: at once up to 200, else by a job */
        post: operations["change-customers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/bulk/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a change of many customers back */
        post: operations["undo-customer-change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many customers a filter means */
        get: operations["count-customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who might be the same as what is being entered */
        post: operations["find-duplicate-customers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers as a file */
        get: operations["export-customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{customer}/grade-decisions/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an override before its last day; the customer is judged again at once */
        post: operations["withdraw-grade-override"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{customer}/special-terms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List every decision on special terms */
        get: operations["get-special-term-history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A customer */
        get: operations["get-customer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the fields sent */
        patch: operations["update-customer"];
        trace?: never;
    };
    "/api/v1/customers/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a customer out of lists, grading and duties */
        post: operations["archive-customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log a call with a customer and keep its duty */
        post: operations["log-call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people at a customer */
        get: operations["list-contacts"];
        put?: never;
        /** Add a contact */
        post: operations["create-contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/contacts/{contact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a contact out of the list; it stays in the history */
        delete: operations["archive-contact"];
        options?: never;
        head?: never;
        /** Change the fields sent */
        patch: operations["update-contact"];
        trace?: never;
    };
    "/api/v1/customers/{id}/deal-ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a new customer stands, with its rated deals; empty for one that is new no more */
        get: operations["list-customer-deal-ratings"];
        put?: never;
        /** Rate a deal of a new customer; its provisional grade follows at once */
        post: operations["rate-customer-deal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/equipment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a customer has installed, those out of use last */
        get: operations["list-customer-equipment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Facts of a customer, newest first */
        get: operations["list-facts"];
        put?: never;
        /** Record a fact */
        post: operations["record-fact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/facts/months": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Facts of a customer by month, kind and currency */
        get: operations["list-fact-months"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/facts/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a fact back by a reversing fact */
        post: operations["reverse-fact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/grade-decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Grades people decided on for a customer, newest first */
        get: operations["list-grade-decisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/grade-proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Better grades that a customer's verdicts lead to and that wait for signatures */
        get: operations["list-grade-proposals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/judgements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people judge about a customer by a rulebook, with every value given */
        get: operations["list-judgements"];
        /** Give values to what people judge about a customer */
        put: operations["judge-customer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to a customer */
        post: operations["send-message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/messages/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A message as it would go out now, and whether it may */
        post: operations["preview-message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/owners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who looked after a customer, from when to when and why, newest first */
        get: operations["list-owner-terms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say where a customer is found on the map */
        put: operations["set-customer-place"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/promises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep what a customer was promised */
        post: operations["make-promise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the 360° page of a customer */
        get: operations["get-record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/relations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The relations of a customer, in both directions */
        get: operations["list-relations"];
        put?: never;
        /** Tie a customer to another one */
        post: operations["create-relation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/relations/{relation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a relation; it stays in the history */
        delete: operations["archive-relation"];
        options?: never;
        head?: never;
        /** Change the fields sent */
        patch: operations["update-relation"];
        trace?: never;
    };
    "/api/v1/customers/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring an archived customer back */
        post: operations["restore-customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaigns a customer was part of, newest first */
        get: operations["list-customer-reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/standings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The verdicts that count now for a customer */
        get: operations["list-customer-standings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those beside the owner of a customer */
        get: operations["list-team"];
        put?: never;
        /** Put somebody beside the owner of a customer */
        post: operations["join-team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/team/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End somebody's time beside the owner */
        delete: operations["leave-team"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what happened to a customer, newest first */
        get: operations["get-timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/verdicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Verdicts on a customer, newest first */
        get: operations["list-customer-verdicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}/wishes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a customer and its contacts want and do not want */
        get: operations["list-wishes"];
        /** Replace what a customer or contact wants */
        put: operations["set-wish"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List duties by their day */
        get: operations["list-duties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duties/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count what is due, overdue, kept and missed */
        get: operations["count-duties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duties/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download duties as a table */
        get: operations["export-duties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duties/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plan the duties of the present grades */
        post: operations["plan-duties"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duties/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a customer of a grade would be owed in a year; nothing is stored */
        get: operations["preview-duties"];
        put?: never;
        /** Who would owe how much in the coming twelve months, and what is impossible; the job's result says it */
        post: operations["foresee-duties"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duties/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a duty with its evidence */
        get: operations["get-duty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duties/{id}/do": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Settle a duty with its evidence */
        post: operations["do-duty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duties/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what one did within ten minutes */
        post: operations["undo-duty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duties/{id}/waive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Excuse a duty with a reason */
        post: operations["waive-duty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events whose reaction failed and which are still open, oldest first */
        get: operations["list-failed-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try the reactions to a failed event again */
        post: operations["retry-event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a failed event without its reactions */
        post: operations["skip-event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fact-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of fact */
        get: operations["list-fact-kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file to be shown as evidence */
        post: operations["upload-file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file */
        get: operations["download-file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/combinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many customers have which combination of the grades of parallel schemes */
        get: operations["get-grade-combinations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/movement/accuracy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a grading stood the test of people and of time */
        get: operations["get-grade-accuracy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/movement/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether everybody in scope has a verdict */
        get: operations["get-grade-coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/movement/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The customers behind a cell of the matrix */
        get: operations["list-migration-customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/movement/matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who went from where to where between two days */
        get: operations["get-migration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/movement/mix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The grade mix over time */
        get: operations["get-grade-mix"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/movement/not-yet-judged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers in scope who were not judged yet */
        get: operations["list-not-yet-judged"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/movement/stability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The share of grades that stayed from day to day */
        get: operations["get-grade-stability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/movement/value": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Revenue and effort per grade */
        get: operations["get-grade-value"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Distribution, movement and history of a rulebook's grades */
        get: operations["get-grading-overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grading/schemes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Grades of every rulebook with their names, best first */
        get: operations["list-grading-schemes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gradings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Grading runs, newest first */
        get: operations["list-gradings"];
        put?: never;
        /** Grade everybody in scope as of a day */
        post: operations["start-grading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gradings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One grading run */
        get: operations["get-grading"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gradings/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a run found, as a table */
        get: operations["export-grading"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gradings/{id}/verdicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The verdicts of a run */
        get: operations["list-grading-verdicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/gradings/{id}/without-verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers in scope without a verdict, with the reason */
        get: operations["list-grading-without-verdict"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mappings saved under a name, and those remembered for the headers of a file */
        get: operations["list-import-mappings"];
        put?: never;
        /** Save the settings of an import under a name, or write over one's own of that name */
        post: operations["save-import-mapping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import-mappings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a saved mapping */
        delete: operations["delete-import-mapping"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of imports, newest first */
        get: operations["list-imports"];
        put?: never;
        /** Upload a CSV or XLSX file: as the raw body with ?name=, or as the first file of a multipart form. The answer has the guessed mapping */
        post: operations["upload-import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the columns of a target can mean */
        get: operations["list-import-fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An empty table with the columns of a target, as CSV or XLSX */
        get: operations["download-import-template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An import and its counts */
        get: operations["get-import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a check or a run; nothing of the run remains */
        post: operations["cancel-import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read the whole file without importing it; a big one is checked by a job */
        post: operations["check-import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/failed-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines that did not pass, as CSV with what is wrong */
        get: operations["download-failed-rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/kept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers that reverting left as they are */
        get: operations["list-kept-customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change mapping and options; needs If-Match */
        put: operations["set-import-options"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The first rows, the encoding and the mapping of a file */
        get: operations["preview-import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a finished import back, as a job */
        post: operations["revert-import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines refused, set aside or corrected, in the order of the file */
        get: operations["list-import-rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/rows/{line}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Correct the cells of a line; it is checked again at once */
        patch: operations["correct-import-row"];
        trace?: never;
    };
    "/api/v1/imports/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import, as a job */
        post: operations["run-import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what waits for the acting person across all cases */
        get: operations["get-inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide several tasks with one opinion */
        post: operations["decide-inbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put notices away */
        post: operations["see-notices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My newest jobs */
        get: operations["list-jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a job is */
        get: operations["get-job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a job to stop */
        post: operations["cancel-job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/judgements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give values to many customers, all or none */
        post: operations["judge-customers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/judgements/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What nobody has judged yet; a page may be short and still have a next one */
        get: operations["list-open-judgements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I and what may I do */
        get: operations["get-me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change my language, theme and preferences */
        patch: operations["change-me"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change my password */
        post: operations["change-my-password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/rulebook-receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rulebooks I have to read and confirm */
        get: operations["list-my-rulebook-receipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I am signed in */
        get: operations["list-my-sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My API tokens */
        get: operations["list-my-tokens"];
        put?: never;
        /** Make an API token */
        post: operations["create-my-token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API token */
        delete: operations["revoke-my-token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Templates in use */
        get: operations["list-message-templates"];
        put?: never;
        /** Create a template */
        post: operations["create-message-template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message-templates/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fields a template may name, by purpose */
        get: operations["list-message-fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message-templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One template */
        get: operations["get-message-template"];
        /** Replace a template */
        put: operations["update-message-template"];
        post?: never;
        /** Take a template out of use */
        delete: operations["archive-message-template"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What went out, waits and did not work, newest first */
        get: operations["list-messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many messages stand where */
        get: operations["get-message-overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message */
        get: operations["get-message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}/arrived": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An unclear message did arrive */
        post: operations["confirm-message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a failed, unclear or waiting message now */
        post: operations["retry-message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a waiting or unclear message back */
        post: operations["stop-message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contracted areas with coverage and overlaps */
        get: operations["list-areas"];
        put?: never;
        /** Contract an area to a person or a unit */
        post: operations["contract-area"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/areas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End the contract on an area */
        delete: operations["end-area"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/dedicated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers who must have a dedicated owner and have none, with the head-count */
        get: operations["list-dedicated"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/pool": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers nobody looks after, with what may be taken */
        get: operations["list-pool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/pool/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a customer out of the pool */
        post: operations["claim-customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/pool/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a customer back to the pool */
        post: operations["return-customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The owner rules of the rulebooks in force, in the order of their precedence */
        get: operations["list-owner-rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest runs of the owner rules */
        get: operations["list-owner-runs"];
        put?: never;
        /** Work out what the owner rules would change, as a job; nothing changes */
        post: operations["begin-owner-run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run with everybody's customers before and after */
        get: operations["get-owner-run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/runs/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give customers to whom a run gives them, all or chosen ones, as a job */
        post: operations["apply-owner-run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/runs/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers whose owner or reason a run changes, or about whom there is a conflict */
        get: operations["list-owner-lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/tracking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, owners, contacts and changes by department and person */
        get: operations["get-owner-tracking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ownership/tracking/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same by person, as a file */
        get: operations["export-owner-tracking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the posts of the regulations and who holds them */
        get: operations["list-posts"];
        put?: never;
        /** Give a post to a person */
        post: operations["appoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the holding of a post */
        post: operations["dismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the procedures the acting person may begin, with their forms */
        get: operations["list-procedures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/promises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List promises by the day they are due */
        get: operations["list-promises"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/promises/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many promises stand where */
        get: operations["count-promises"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/promises/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Promises as a table */
        get: operations["export-promises"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/promises/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a promise with its history */
        get: operations["get-promise"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/promises/{id}/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep, move, break, withdraw or reopen a promise */
        post: operations["act-on-promise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the organisation has published for everybody, the most useful first */
        get: operations["list-public-articles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/articles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an article that is published for everybody */
        get: operations["get-public-article"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a case without an account */
        post: operations["start-public-case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/cases/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a text or files to the own case */
        post: operations["add-to-public-case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/cases/follow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How the case of this number and phone stands */
        post: operations["follow-public-case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/cases/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rate the answer to the own case, or correct the rating */
        post: operations["rate-public-case"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a picture or PDF for a case that is being begun or added to */
        post: operations["upload-public-file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/messages/unsubscribe/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a browser that opens the link is sent: looking at it changes nothing */
        get: operations["open-unsubscribe"];
        put?: never;
        /** Take oneself off the list of a channel, by the link in a message (also RFC 8058 one-click) */
        post: operations["unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people without an account may begin, with the forms */
        get: operations["list-public-procedures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exchange rates of the company, by currency, newest day first */
        get: operations["list-rates"];
        put?: never;
        /** Set exchange rates, all or none; an empty rate takes one back */
        post: operations["set-rates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the registers in force, such as that of visitors */
        get: operations["list-registers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{rulebook}/{procedure}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the lines of a register, the newest first */
        get: operations["list-register-lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/registers/{rulebook}/{procedure}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the lines of some days, to be printed or as a workbook */
        get: operations["export-register"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reports that wait for the acting person: to be handed in or to be received */
        get: operations["list-waiting-reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Review campaigns, newest first, with what waits for the reader */
        get: operations["list-reviews"];
        put?: never;
        /** Open a campaign; a job lists its customers */
        post: operations["open-review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People who may stand in for a rater */
        get: operations["list-review-colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/planned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Campaigns the calendar will open */
        get: operations["list-planned-reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Campaigns in which something waits for the reader, and those under way that it manages */
        get: operations["list-review-tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign with its progress per region */
        get: operations["get-review"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the days and the record of a campaign */
        patch: operations["change-review"];
        trace?: never;
    };
    "/api/v1/reviews/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let what was rated take effect; a job does it */
        post: operations["close-review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a colleague rate, up to a day */
        post: operations["delegate-review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/delegations/{delegation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a delegation at once */
        delete: operations["end-review-delegation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/export/{list}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A list of a campaign as a file */
        get: operations["export-review"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The customers of a campaign */
        get: operations["list-review-lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines/{customer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rating form of a customer, with every version */
        get: operations["get-review-form"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines/{customer}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep what is filled in without handing it in */
        put: operations["save-review-draft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines/{customer}/effect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let what was said about a customer that was reopened after closing take effect */
        post: operations["effect-review-line"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines/{customer}/forms/{form}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A form of a customer to be signed, as a document or a workbook */
        get: operations["print-review-form"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines/{customer}/items/{item}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download evidence */
        get: operations["download-review-file"];
        /** Show an uploaded file as evidence for a judged item */
        put: operations["add-review-file"];
        post?: never;
        /** Take evidence away again */
        delete: operations["drop-review-file"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines/{customer}/meeting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the meeting says about a customer */
        post: operations["re-rate-review-line"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines/{customer}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would follow from values; writes nothing */
        post: operations["preview-review-form"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines/{customer}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a customer back for rating */
        post: operations["reopen-review-line"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/lines/{customer}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand in the rating of a customer */
        post: operations["submit-review-form"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/meeting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the first round and begin the meeting */
        post: operations["begin-review-meeting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/results/{list}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A result list of a campaign; before closing what would come out */
        get: operations["list-review-results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/results/{list}/{customer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** What is said about a customer in a result list */
        put: operations["set-review-result"];
        post?: never;
        /** Take a customer out of a list of policies or settlement */
        delete: operations["drop-review-result"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand in the drafts of several customers, all or none */
        post: operations["submit-review-forms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a campaign without any effect */
        post: operations["withdraw-review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The roles and what they may do */
        get: operations["list-roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebook-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drafts, newest first */
        get: operations["list-rulebook-drafts"];
        put?: never;
        /** Begin a draft from a version, from files or from a template */
        post: operations["create-rulebook-draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebook-drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A draft with its files */
        get: operations["get-rulebook-draft"];
        /** Save the files of a draft */
        put: operations["save-rulebook-draft"];
        post?: never;
        /** Throw a draft away */
        delete: operations["delete-rulebook-draft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebook-drafts/{id}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The draft's worked examples and their outcome */
        get: operations["list-rulebook-draft-cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebook-drafts/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the draft changes against a version */
        get: operations["diff-rulebook-draft"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebook-drafts/{id}/init-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draft cases for what no case of the draft reaches; nothing is saved */
        post: operations["init-rulebook-draft-cases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebook-drafts/{id}/outline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The draft's clauses beside what carries them out, settings, roles, duties */
        get: operations["get-rulebook-draft-outline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebook-drafts/{id}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a check of the draft finds here */
        get: operations["list-rulebook-draft-problems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebook-drafts/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a version of a draft; the draft is gone then */
        post: operations["publish-rulebook-draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebook-drafts/{id}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a draft, as it was last saved, would change; the job's result is the movement matrix */
        post: operations["simulate-rulebook-draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All rulebooks with what is in force */
        get: operations["list-rulebooks"];
        put?: never;
        /** Register a version of one's own */
        post: operations["upload-rulebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check files without keeping them */
        post: operations["check-rulebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which clauses of the catalogue are carried out, worked out from the trace */
        get: operations["get-rulebook-coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/init-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draft cases for what no case of these files reaches */
        post: operations["init-rulebook-cases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/outline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The structure of files without keeping them */
        post: operations["outline-rulebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** JSON Schema of rulebook.yaml for editors */
        get: operations["get-rulebook-schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run the worked examples of files without keeping them */
        post: operations["test-rulebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rulebook: versions, adoptions, settings, scheme */
        get: operations["get-rulebook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a version into force from a day on, where no procedure decides on adoptions; for the role the rulebook names, else for rulebook.adopt */
        post: operations["adopt-rulebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/adoption-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a version for adoption: begins the case that decides on it */
        post: operations["request-adoption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/comply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Per clause: duties due, kept, late, missed, waived; verdicts; indicators; reports. GET /duties with rulebook, clause, from, to and state lists what is behind a number */
        get: operations["get-rulebook-compliance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/comply/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a file, one row per clause */
        get: operations["export-rulebook-compliance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/filings/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download what was handed in */
        get: operations["download-rulebook-filing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who has read a version and who has not */
        get: operations["list-rulebook-receipts"];
        put?: never;
        /** Confirm having read and understood a version */
        post: operations["confirm-rulebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/reports/{report}/filings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that a report was handed in for a period */
        post: operations["file-rulebook-report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/reports/{report}/filings/{from}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a report stands for one period: due, handed in, received, and what the acting person may do */
        get: operations["get-rulebook-filing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/reports/{report}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that a report that was handed in has been received */
        post: operations["receive-rulebook-report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back what was in force before, with its settings */
        post: operations["return-rulebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a version with settings would change; the job's result is the movement matrix */
        post: operations["simulate-rulebook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/versions/{version}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Worked examples and their outcome */
        get: operations["list-rulebook-cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/versions/{version}/clauses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Clauses beside what carries them out */
        get: operations["list-rulebook-clauses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/versions/{version}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The texts of a version */
        get: operations["get-rulebook-files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/versions/{version}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a check finds here */
        get: operations["list-rulebook-problems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rulebooks/{id}/versions/{version}/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The procedures of a version with the default settings; none while the text has errors */
        get: operations["list-rulebook-procedures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The closest 20 customers for the command menu */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Segments; their members are customers filtered by segment:in:<id> */
        get: operations["list-segments"];
        put?: never;
        /** Create a segment */
        post: operations["create-segment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How many customers meet conditions today */
        post: operations["preview-segment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One segment */
        get: operations["get-segment"];
        /** Replace what is said about a segment */
        put: operations["update-segment"];
        post?: never;
        /** Put a segment away; it is kept */
        delete: operations["archive-segment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add customers to a static segment, or take them out */
        post: operations["change-segment-members"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Work out the members of a dynamic segment now, as a job */
        post: operations["refresh-segment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["sign-in"];
        /** Sign out here */
        delete: operations["sign-out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out on every device */
        delete: operations["sign-out-everywhere"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quiet hours, cap and channels switched off */
        get: operations["get-message-policy"];
        /** Set quiet hours, cap and channels switched off */
        put: operations["set-message-policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/public": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the public pages are on */
        get: operations["get-public-settings"];
        /** Switch the public pages on or off */
        put: operations["set-public-settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the first set-up still to be done? */
        get: operations["get-setup"];
        put?: never;
        /** Make the first administrator and sign in */
        post: operations["set-up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/special-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List special terms with the grade that justified each */
        get: operations["list-special-terms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Spot checks, newest first */
        get: operations["list-spot-checks"];
        put?: never;
        /** Draw a random sample of graded customers */
        post: operations["draw-spot-check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A spot check with its customers */
        get: operations["get-spot-check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks/{id}/customers/{customer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** What was found about a customer, or that it was corrected */
        put: operations["find-spot-check"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A spot check as a table or as a form to be signed */
        get: operations["export-spot-check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tags in use */
        get: operations["list-tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation's units */
        get: operations["list-units"];
        put?: never;
        /** Add a unit */
        post: operations["create-unit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All users */
        get: operations["list-users"];
        put?: never;
        /** Add a user */
        post: operations["create-user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["get-user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change, disable or enable a user */
        patch: operations["change-user"];
        trace?: never;
    };
    "/api/v1/verdicts/{customer_id}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why: a verdict with inputs, points, clauses and what is missing for the next grade */
        get: operations["get-verdict"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/verdicts/{customer_id}/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A verdict as one printable HTML page for the customer file, from what is stored alone */
        get: operations["print-verdict"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My views of a page, and those others share */
        get: operations["list-views"];
        put?: never;
        /** Save a view */
        post: operations["create-view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a view */
        delete: operations["delete-view"];
        options?: never;
        head?: never;
        /** Change the members sent */
        patch: operations["update-view"];
        trace?: never;
    };
    "/api/v1/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List visits by their day */
        get: operations["list-visits"];
        put?: never;
        /** Plan a visit */
        post: operations["plan-visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/agenda": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Visits and dated duties by day, with the days off */
        get: operations["get-agenda"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/week": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Propose visits for a week from what is owed and how near it lies */
        get: operations["propose-week"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a visit with its files */
        get: operations["get-visit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree, check in, report, move or cancel a visit */
        post: operations["act-on-visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{id}/report.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report of a visit on paper (A4); before it is reported, the form to be filled by hand */
        get: operations["print-visit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workbench": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the acting person's workbench */
        get: operations["get-workbench"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ApplyInBody: {
            /** @description Every open line */
            all?: boolean;
            /** @description Ids of customers, unless all is set */
            customers?: string[] | null;
        };
        ArchiveInBody: {
            reason?: string;
        };
        ArticleCaseView: {
            /** @description Name; empty = none */
            customer: string;
            id: string;
            number: string;
            /** @description RFC 3339 */
            received_at: string;
            /** @enum {string} */
            status: "running" | "paused" | "ended" | "withdrawn";
            title: string;
        };
        ArticleForCaseView: {
            attached: components["schemas"]["ArticleItemView"][];
            /** @description Its solution was saved as an article */
            saved: boolean;
            /** @description The article its solution was saved as, when you may see it */
            solution: components["schemas"]["ArticleItemView"] | null;
            /** @description Published articles that share words with the case, the closest first */
            suggested: components["schemas"]["ArticleItemView"][];
        };
        ArticleHistoryView: {
            /** @description Newest first */
            reviews: components["schemas"]["ArticleReviewView"][];
            /** @description Newest first, without their texts */
            versions: components["schemas"]["ArticleVersionView"][];
        };
        ArticleItemView: {
            /** @enum {string} */
            audience: "internal" | "public";
            id: string;
            keeper: components["schemas"]["ArticlePersonView"];
            /**
             * Format: int64
             * @description Number of the newest version
             */
            latest: number;
            /**
             * Format: int64
             * @description Number of the version that is shown
             */
            no: number;
            /**
             * Format: date-time
             * @description When the shown version was published
             */
            published_at: string | null;
            review_due: boolean;
            /** @description Empty = none set */
            review_on: string;
            /** @description A newer version waits to be published */
            revised: boolean;
            /** Format: int64 */
            row_version: number;
            /** @enum {string} */
            state: "draft" | "published" | "withdrawn";
            tags: string[];
            title: components["schemas"]["ArticleWordsView"];
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: int64
             * @description Cases it helped with
             */
            uses: number;
        };
        ArticleItemViewList: {
            items: components["schemas"]["ArticleItemView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ArticlePersonView: {
            id: string;
            name: string;
        };
        ArticleReviewView: {
            by: string;
            next_on: string;
            note: string;
            on: string;
        };
        ArticleTagView: {
            /**
             * Format: int64
             * @description Those you may see
             */
            articles: number;
            tag: string;
        };
        ArticleTagViewList: {
            items: components["schemas"]["ArticleTagView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ArticleUsedView: {
            /** @description Those among the newest 200 you may see, newest first */
            cases: components["schemas"]["ArticleCaseView"][];
            /**
             * Format: int64
             * @description All cases it helped with
             */
            total: number;
        };
        ArticleVersionView: {
            /** Format: date-time */
            at: string;
            /** @description Markdown; empty in lists */
            body: components["schemas"]["ArticleWordsView"];
            by: string;
            /** Format: int64 */
            no: number;
            /** @description Why it was changed */
            note: string;
            /** Format: date-time */
            published_at: string | null;
            published_by: string;
            title: components["schemas"]["ArticleWordsView"];
        };
        ArticleView: {
            /** @enum {string} */
            audience: "internal" | "public";
            /** @description The case it came from; empty when there is none, or none you may see */
            case_id: string;
            /** Format: date-time */
            created_at: string;
            /** @description A revision that waits to be published; only for its editors */
            draft: components["schemas"]["ArticleVersionView"] | null;
            id: string;
            keeper: components["schemas"]["ArticlePersonView"];
            /**
             * Format: int64
             * @description Number of the newest version
             */
            latest: number;
            may_edit: boolean;
            may_publish: boolean;
            /**
             * Format: int64
             * @description Number of the version that is shown
             */
            no: number;
            /**
             * Format: date-time
             * @description When the shown version was published
             */
            published_at: string | null;
            review_due: boolean;
            /** @description Empty = none set */
            review_on: string;
            /** @description A newer version waits to be published */
            revised: boolean;
            /** Format: int64 */
            row_version: number;
            /** @description The version people read: the published one, of a draft the newest */
            shown: components["schemas"]["ArticleVersionView"];
            /** @enum {string} */
            state: "draft" | "published" | "withdrawn";
            tags: string[];
            title: components["schemas"]["ArticleWordsView"];
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: int64
             * @description Cases it helped with
             */
            uses: number;
        };
        ArticleWordsView: {
            en: string;
            zh: string;
        };
        ArticleWrite: {
            /**
             * @description Empty = internal
             * @enum {string}
             */
            audience?: "internal" | "public";
            /** @description Markdown: headings, lists, tables, bold, links; no HTML */
            body: components["schemas"]["ArticleWordsView"];
            /** @description Who answers for it; empty = whoever did, at first the writer */
            keeper_id?: string;
            /** @description Why; needed when the words of a published article change */
            note?: string;
            /** @description The day by which the keeper looks at it again */
            review_on?: string;
            tags?: string[] | null;
            /** @description In at least one language; a title and a text go together */
            title: components["schemas"]["ArticleWordsView"];
        };
        AttachInBody: {
            article_id: string;
        };
        AuditVerified: {
            /** Format: int64 */
            entries: number;
            whole: boolean;
        };
        AuditView: {
            action: string;
            actor_id: string;
            actor_name: string;
            /** Format: date-time */
            at: string;
            customer_id: string;
            detail: unknown;
            entity: string;
            entity_id: string;
            hash: string;
            request_id: string;
            /** Format: int64 */
            seq: number;
        };
        AuditViewList: {
            items: components["schemas"]["AuditView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        BeginInBody: {
            /** @description Needed only where several rulebooks in force have owner rules */
            rulebook?: string;
        };
        CareGreetingView: {
            customer: string;
            customer_id: string;
            due_on: string;
            duty_id: string;
            /** @description By which it is kept; null = nothing was approved yet */
            message: components["schemas"]["CareMessageView"] | null;
            owner: string;
            /** @enum {string} */
            state: "open" | "missed" | "kept" | "late" | "waived" | "dropped";
            title_en: string;
            title_zh: string;
        };
        CareGreetingViewList: {
            items: components["schemas"]["CareGreetingView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CareMessageView: {
            /** @enum {string} */
            channel: "mail" | "sms" | "wecom" | "webhook";
            id: string;
            /** @enum {string} */
            state: "queued" | "sending" | "sent" | "failed" | "suppressed" | "unclear" | "stopped";
            /** @description Code of a sentence; empty = nothing to say */
            why: string;
            why_args: {
                [key: string]: unknown;
            };
        };
        CareOutcomeView: {
            duty_id: string;
            /** @description Of its message; empty when there is none */
            state: string;
            /** @description Code of a sentence */
            why: string;
            why_args: {
                [key: string]: unknown;
            };
        };
        CareOutcomeViewList: {
            items: components["schemas"]["CareOutcomeView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CareSendBody: {
            duty_ids: string[];
            template_id: string;
        };
        ComplaintBreakdown: {
            /** @enum {string} */
            by: "department" | "cause" | "class" | "customer_kind" | "demand" | "content" | "channel";
            /** @description The most complaints first. A complaint that several departments answer for counts in each of them */
            lines: components["schemas"]["ComplaintLine"][] | null;
            title: components["schemas"]["RuleText"];
        };
        ComplaintDepartmentMeasures: {
            /** @description Id */
            department: string;
            /** @description How many are in each state */
            states: {
                [key: string]: number;
            };
            title: components["schemas"]["RuleText"];
            /** Format: int64 */
            total: number;
        };
        ComplaintEvidence: {
            file_id: string;
            name: string;
        };
        ComplaintLine: {
            /** @description Of good ends, one amount per currency */
            compensation: components["schemas"]["ComplaintSum"][] | null;
            /**
             * Format: int64
             * @description Of those over: with an end that is not a good one
             */
            declined: number;
            /**
             * Format: int64
             * @description Over within the deadline of the whole case
             */
            in_time: number;
            /** @description Per cent with one decimal, of those over or overdue; empty when there are none */
            in_time_share: string;
            /** @description As the rulebook names it, the id of a department; empty = not said or not known yet */
            key: string;
            /**
             * Format: int64
             * @description Over after it
             */
            late: number;
            /**
             * Format: int64
             * @description Not over, deadline not passed
             */
            open: number;
            /**
             * Format: int64
             * @description Not over, deadline passed
             */
            overdue: number;
            /**
             * Format: int64
             * @description How many customers rated how their complaint was dealt with
             */
            rated: number;
            /** Format: int64 */
            received: number;
            /**
             * Format: int64
             * @description One of both
             */
            repeated: number;
            /**
             * Format: int64
             * @description The same cause in the same department within the days before
             */
            repeated_cause: number;
            /**
             * Format: int64
             * @description The customer had complained within the days before
             */
            repeated_customer: number;
            /** @description Mean of the ratings from 1 to 5 with two decimals; empty without any */
            satisfaction: string;
            title: components["schemas"]["RuleText"];
            /** Format: int64 */
            withdrawn: number;
        };
        ComplaintMakeBody: {
            /** @description YYYY-MM, over already */
            month: string;
            reason: string;
            report: string;
            rulebook: string;
        };
        ComplaintMeasure: {
            /** @description Empty for one that nobody has begun */
            case_id: string;
            /** @description Its number */
            complaint: string;
            /** @description Empty when there is no complaint of that number */
            complaint_id: string;
            /** @description Id */
            department: string;
            /** @description Empty without a limit */
            due_on: string;
            evidence: components["schemas"]["ComplaintEvidence"][];
            measure: string;
            number: string;
            /** Format: date */
            opened_on: string;
            /** @description Empty until there is proof */
            proved_on: string;
            /** @enum {string} */
            state: "overdue" | "named" | "open" | "proved" | "late" | "done" | "withdrawn";
            /** @description Name of the department */
            title: components["schemas"]["RuleText"];
        };
        ComplaintPlaces: {
            /**
             * Format: int64
             * @description Highest cost first; 0 for all when there are several currencies
             */
            compensation: number;
            /**
             * Format: int64
             * @description Greatest share of late ones first
             */
            late: number;
            /**
             * Format: int64
             * @description Most complaints first
             */
            received: number;
            /**
             * Format: int64
             * @description Greatest share that came again first
             */
            repeated: number;
            /**
             * Format: int64
             * @description Lowest mean first; 0 without a rating
             */
            satisfaction: number;
        };
        ComplaintPrevention: {
            /** Format: date-time */
            as_of: string;
            /** @description The most overdue first */
            departments: components["schemas"]["ComplaintDepartmentMeasures"][];
            /** Format: date */
            from: string;
            /** @description What needs somebody first; at most 2,000 */
            items: components["schemas"]["ComplaintMeasure"][];
            /** @description There are more than are listed */
            more: boolean;
            organisation: components["schemas"]["RuleText"];
        };
        ComplaintStanding: {
            compensation: components["schemas"]["ComplaintSum"][] | null;
            /** @description Id of the department */
            key: string;
            /**
             * Format: int64
             * @description Over after the deadline, or not over although it has passed
             */
            late: number;
            /** @description Per cent with one decimal, of those over or overdue; empty when there are none */
            late_share: string;
            places: components["schemas"]["ComplaintPlaces"];
            /** Format: int64 */
            rated: number;
            /** Format: int64 */
            received: number;
            /** @description Per cent with one decimal, of those not withdrawn; empty when there are none */
            repeat_share: string;
            /** Format: int64 */
            repeated: number;
            satisfaction: string;
            title: components["schemas"]["RuleText"];
        };
        ComplaintStatistics: {
            /**
             * Format: date-time
             * @description How the cases stood at this moment
             */
            as_of: string;
            breakdowns: components["schemas"]["ComplaintBreakdown"][] | null;
            /** Format: date */
            from: string;
            /** @description The departments that answer for complaints, side by side; the most complaints first */
            league: components["schemas"]["ComplaintStanding"][];
            /** @description YYYY-MM */
            month: string;
            organisation: components["schemas"]["RuleText"];
            /** Format: int64 */
            repeat_days: number;
            /** @description Only complaints it governs; empty = all */
            rulebook: string;
            /** Format: date */
            to: string;
            total: components["schemas"]["ComplaintLine"];
        };
        ComplaintSum: {
            /** @description Decimal */
            amount: string;
            currency: string;
        };
        ComplaintTableRecord: {
            /**
             * Format: int64
             * @description Received in the month
             */
            complaints: number;
            /**
             * Format: int64
             * @description 1, and one more each time they were made anew
             */
            edition: number;
            figures: components["schemas"]["ComplaintStatistics"] | null;
            id: string;
            /** Format: date-time */
            made_at: string;
            /** @description Empty for the calendar */
            made_by: string;
            /** @description YYYY-MM */
            month: string;
            /** @description Why they were made by hand; empty for those the calendar made */
            reason: string;
            /** @description Key of the report in the rulebook */
            report: string;
            rulebook: string;
            /** @description Of the rulebook that asked for them */
            version: string;
        };
        ComplaintTableView: {
            /**
             * Format: int64
             * @description Received in the month
             */
            complaints: number;
            /**
             * Format: int64
             * @description 1, and one more each time they were made anew
             */
            edition: number;
            id: string;
            /** Format: date-time */
            made_at: string;
            /** @description Empty for the calendar */
            made_by: string;
            /** @description YYYY-MM */
            month: string;
            /** @description Why they were made by hand; empty for those the calendar made */
            reason: string;
            /** @description Key of the report in the rulebook */
            report: string;
            rulebook: string;
            /** @description Of the rulebook that asked for them */
            version: string;
        };
        ComplaintTableViewList: {
            items: components["schemas"]["ComplaintTableView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ComplianceClause: {
            /** @description Parts of the rulebook and capabilities of the product that carry it out */
            carried_by: string[];
            /** @description Where the clause asks for duties */
            duties?: components["schemas"]["ComplianceTally"];
            /** @description Keys */
            indicators: string[];
            kind: string;
            number: string;
            /** @description Keys */
            reports: string[];
            /**
             * @description broken: something was missed or late, or somebody in scope has neither a verdict nor a reason why not; open: nothing is settled yet; untold: nothing here can tell
             * @enum {string}
             */
            state: "kept" | "open" | "broken" | "untold";
            title: components["schemas"]["RuleText"];
            /** @description Where the clause takes part in a grade */
            verdicts?: components["schemas"]["ComplianceVerdicts"];
            /** @description The newest version of the period that has the clause */
            version: string;
        };
        ComplianceFileView: {
            /** @description Id of a file uploaded before by the same person (POST /files) */
            file_id?: string;
            note?: string;
            /**
             * Format: date
             * @description First day of the period it is about
             */
            period_from: string;
        };
        ComplianceFiled: {
            by: string;
            clause: string;
            /** @description The next one that is due */
            current: boolean;
            /** Format: date */
            due_on: string;
            /**
             * Format: int64
             * @description Handed in; 0 for a report that the program does not make itself
             */
            edition: number;
            every: string;
            file_id: string;
            /** Format: date-time */
            filed_at?: string;
            filed_by: string;
            key: string;
            note: string;
            /** Format: date */
            period_from: string;
            /** Format: date */
            period_to: string;
            /** Format: date-time */
            received_at?: string;
            received_by: string;
            /** Format: int64 */
            received_edition: number;
            received_note: string;
            /** @enum {string} */
            state: "filed" | "late" | "open" | "missed";
            title: components["schemas"]["RuleText"];
            to: string[];
        };
        ComplianceFiling: {
            by: string;
            clause: string;
            content: string[];
            /** @description The next one that is due */
            current: boolean;
            /** Format: date */
            due_on: string;
            /**
             * Format: int64
             * @description Handed in; 0 for a report that the program does not make itself
             */
            edition: number;
            every: string;
            file_id: string;
            /** Format: date-time */
            filed_at?: string;
            filed_by: string;
            key: string;
            may_receive: boolean;
            may_submit: boolean;
            note: string;
            /** Format: date */
            period_from: string;
            /** Format: date */
            period_to: string;
            /** Format: date-time */
            received_at?: string;
            received_by: string;
            /** Format: int64 */
            received_edition: number;
            received_note: string;
            rulebook: string;
            /** @enum {string} */
            state: "filed" | "late" | "open" | "missed";
            title: components["schemas"]["RuleText"];
            to: string[];
        };
        ComplianceGroup: {
            /** @description Empty for no verdict */
            code: string;
            /** Format: int64 */
            customers: number;
            value: string;
        };
        ComplianceIndicator: {
            clause: string;
            groups: components["schemas"]["ComplianceGroup"][];
            key: string;
            of: string;
            /** @enum {string} */
            state: "met" | "missed" | "no_target" | "no_data";
            /** @description In the unit; empty when there is none */
            target: string;
            title: components["schemas"]["RuleText"];
            unit: string;
            /** @description In the unit; empty when there is nothing to work it out from */
            value: string;
        };
        ComplianceReceiveView: {
            note?: string;
            /**
             * Format: date
             * @description First day of the period it is about
             */
            period_from: string;
        };
        ComplianceReport: {
            clauses: components["schemas"]["ComplianceClause"][];
            /** @description All duties of the rulebook that were due in the period */
            duties: components["schemas"]["ComplianceTally"];
            /** Format: date */
            from: string;
            indicators: components["schemas"]["ComplianceIndicator"][];
            reports: components["schemas"]["ComplianceFiled"][];
            rulebook: string;
            title: components["schemas"]["RuleText"];
            /** Format: date */
            to: string;
            /** @description What was in force, in order */
            versions: components["schemas"]["ComplianceStretch"][];
        };
        ComplianceStretch: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            version: string;
        };
        ComplianceTally: {
            /** Format: int64 */
            due: number;
            /** Format: int64 */
            kept: number;
            /**
             * Format: int64
             * @description Done after its day
             */
            late: number;
            /**
             * Format: int64
             * @description Not done, and its day has passed
             */
            missed: number;
            /**
             * Format: int64
             * @description Its day has not passed
             */
            open: number;
            /** @description Kept of kept, late and missed, in per cent with one decimal; empty while nothing was settled */
            rate: string;
            /** Format: int64 */
            waived: number;
        };
        ComplianceVerdicts: {
            as_of: string;
            /** Format: int64 */
            graded: number;
            /** Format: int64 */
            in_scope: number;
            /** Format: int64 */
            without: number;
        };
        ComplianceWaits: {
            by: string;
            clause: string;
            content: string[];
            /** @description The next one that is due */
            current: boolean;
            /** @enum {string} */
            do: "submit" | "receive";
            /** Format: date */
            due_on: string;
            /**
             * Format: int64
             * @description Handed in; 0 for a report that the program does not make itself
             */
            edition: number;
            every: string;
            file_id: string;
            /** Format: date-time */
            filed_at?: string;
            filed_by: string;
            key: string;
            /**
             * Format: int64
             * @description Periods of the last year before this one that were never handed in
             */
            missed: number;
            note: string;
            /** @description Title of the rulebook */
            of: components["schemas"]["RuleText"];
            /** Format: date */
            period_from: string;
            /** Format: date */
            period_to: string;
            /** Format: date-time */
            received_at?: string;
            received_by: string;
            /** Format: int64 */
            received_edition: number;
            received_note: string;
            rulebook: string;
            /** @enum {string} */
            state: "filed" | "late" | "open" | "missed";
            title: components["schemas"]["RuleText"];
            to: string[];
        };
        ComplianceWaitsList: {
            items: components["schemas"]["ComplianceWaits"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CorrectInputBody: {
            /** @description All cells of the line */
            cells: string[];
        };
        CustomerBulkView: {
            action: string;
            /**
             * Format: int64
             * @description Customers that were not so already, as far as it is done
             */
            changed: number;
            created_at: string;
            /** @description For undoing it within 24 hours */
            id: string;
            /** @description The job that does it; empty when it is done already */
            job_id: string;
            /** @enum {string} */
            state: "running" | "done" | "canceled" | "undoing" | "undone";
            /**
             * Format: int64
             * @description Customers meant
             */
            total: number;
        };
        CustomerBulkWrite: {
            /** @enum {string} */
            action: "assign" | "add_tag" | "remove_tag" | "set_status" | "archive";
            /** @description All results of q and filter */
            all?: boolean;
            /** @description As in the list */
            filter?: string[] | null;
            /** @description The customers, unless all is set */
            ids?: string[] | null;
            q?: string;
            /** @description Id of the owner (0 = nobody), the tag, or the status */
            value?: string;
        };
        CustomerCandidateView: {
            /** @description code, name, or the type of the identifier */
            by: string;
            /** @description null when you may not see it */
            customer: components["schemas"]["CustomerRefView"] | null;
        };
        CustomerCandidateViewList: {
            items: components["schemas"]["CustomerCandidateView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CustomerCodeView: {
            code: string;
            /** @description With the names above it */
            label: string;
            /** @description The same in English */
            label_en: string;
            /** @description Nothing is below it */
            leaf: boolean;
            /** Format: int64 */
            level: number;
            name: string;
            /** @description Pinyin of a division; our own short name of an industry */
            name_en: string;
            /** @description Empty at the top */
            parent: string;
        };
        CustomerCodeViewList: {
            items: components["schemas"]["CustomerCodeView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CustomerContactView: {
            archived: boolean;
            birthday: string;
            email: string;
            id: string;
            name: string;
            note: string;
            /** @description E.164, with ;ext= where there is an extension */
            phone: string;
            primary: boolean;
            title: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        CustomerContactViewList: {
            items: components["schemas"]["CustomerContactView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CustomerContactWrite: {
            /** @description YYYY-MM-DD, empty = unknown */
            birthday?: string;
            email?: string;
            name?: string;
            note?: string;
            phone?: string;
            primary?: boolean;
            title?: string;
        };
        CustomerCountView: {
            /** Format: int64 */
            count: number;
            /** @description There are more; count stops at 100000 */
            more: boolean;
        };
        CustomerFieldView: {
            archived: boolean;
            choices: string[];
            id: string;
            label_en: string;
            label_zh: string;
            name: string;
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "text" | "number" | "date" | "choice" | "flag";
            /** Format: int64 */
            version: number;
        };
        CustomerFieldViewList: {
            items: components["schemas"]["CustomerFieldView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CustomerFieldWrite: {
            archived?: boolean;
            choices?: string[] | null;
            label_en?: string;
            label_zh?: string;
            /** @description Only when creating: a to z, 0 to 9 and _ */
            name?: string;
            /** Format: int64 */
            position?: number;
            /**
             * @description Only when creating
             * @enum {string}
             */
            type?: "text" | "number" | "date" | "choice" | "flag";
        };
        CustomerGradeView: {
            code: string;
            /**
             * Format: int64
             * @description 0 = best
             */
            position: number;
            scheme: string;
        };
        CustomerHitView: {
            code: string;
            /**
             * @description What it was found by
             * @enum {string}
             */
            field: "code" | "name" | "name_en" | "former_name" | "phone" | "identifier" | "contact";
            grade: components["schemas"]["CustomerGradeView"] | null;
            id: string;
            name: string;
            /** @description The text that fits */
            text: string;
        };
        CustomerHitViewList: {
            items: components["schemas"]["CustomerHitView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CustomerIdentifierView: {
            /** @description Why a wrong check digit is accepted */
            override_reason?: string;
            /** @enum {string} */
            type: "uscc" | "id_card" | "phone" | "email" | "tax" | "other";
            value: string;
        };
        CustomerItemView: {
            archived: boolean;
            code: string;
            /** @description Name of the primary contact */
            contact: string;
            /** Format: date-time */
            created_at: string;
            custom: {
                [key: string]: string;
            };
            grades: components["schemas"]["CustomerGradeView"][];
            id: string;
            industry: string;
            industry_label: string;
            industry_label_en: string;
            kind: string;
            name: string;
            name_en: string;
            owner: components["schemas"]["CustomerPersonView"] | null;
            party: string;
            /** @description Its own, else that of the primary contact */
            phone: string;
            region: string;
            region_label: string;
            region_label_en: string;
            since: string;
            status: string;
            tags: string[];
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        CustomerItemViewList: {
            items: components["schemas"]["CustomerItemView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CustomerKindView: {
            kind: string;
            label_en: string;
            label_zh: string;
        };
        CustomerKindViewList: {
            items: components["schemas"]["CustomerKindView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CustomerPersonView: {
            id: string;
            name: string;
        };
        CustomerRefView: {
            archived: boolean;
            code: string;
            id: string;
            name: string;
        };
        CustomerRelationView: {
            id: string;
            note: string;
            /** @description null when you may not see the other customer */
            other: components["schemas"]["CustomerRefView"] | null;
            /** @description It begins here and can be changed here */
            outgoing: boolean;
            /**
             * Format: int64
             * @description Hundredths of a per cent
             */
            share_bp: number | null;
            /**
             * @description What the other one is to this one; the other way round when not outgoing
             * @enum {string}
             */
            type: "parent" | "subsidiary" | "guarantor" | "kin" | "owner" | "other";
            /** Format: int64 */
            version: number;
        };
        CustomerRelationViewList: {
            items: components["schemas"]["CustomerRelationView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CustomerRelationWrite: {
            note?: string;
            /** @description Only when creating */
            other_id?: string;
            /**
             * Format: int64
             * @description Hundredths of a per cent, 0 to 10000; -1 takes it away
             */
            share_bp?: number;
            /** @enum {string} */
            type?: "parent" | "subsidiary" | "guarantor" | "kin" | "owner" | "other";
        };
        CustomerTagView: {
            /** Format: int64 */
            count: number;
            tag: string;
        };
        CustomerTagViewList: {
            items: components["schemas"]["CustomerTagView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        CustomerView: {
            address: string;
            archived: boolean;
            code: string;
            /** Format: date-time */
            created_at: string;
            /** @description Custom field to value: numbers as 12.5, dates as YYYY-MM-DD, flags as true or false */
            custom: {
                [key: string]: string;
            };
            former_names: string[];
            grades: components["schemas"]["CustomerGradeView"][];
            id: string;
            identifiers: components["schemas"]["CustomerIdentifierView"][];
            /** @description GB/T 4754-2017 code */
            industry: string;
            industry_label: string;
            industry_label_en: string;
            /** @description A kind of GET /customer-kinds, empty when not said */
            kind: string;
            name: string;
            name_en: string;
            note: string;
            /** @description null when nobody looks after it yet */
            owner: components["schemas"]["CustomerPersonView"] | null;
            /** @enum {string} */
            party: "org" | "person";
            /** @description Division code of 2, 4 or 6 digits */
            region: string;
            /** @description The names from the province down */
            region_label: string;
            /** @description The same in pinyin */
            region_label_en: string;
            /** @description YYYY-MM-DD, empty when unknown */
            since: string;
            /** @enum {string} */
            status: "prospect" | "active" | "dormant" | "lost";
            tags: string[];
            /** @description Empty when the owner has no unit */
            unit_id: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: int64
             * @description What If-Match wants, as an ETag
             */
            version: number;
        };
        CustomerWrite: {
            address?: string;
            /** @description Left out when creating: the next free one */
            code?: string;
            /** @description A person has looked at those with the same name, phone or e-mail */
            confirm_duplicate?: boolean;
            /** @description Only when creating */
            contacts?: components["schemas"]["CustomerContactWrite"][] | null;
            /** @description Only the fields to be changed; an empty value takes one away */
            custom?: {
                [key: string]: string;
            };
            former_names?: string[] | null;
            /** @description The whole list */
            identifiers?: components["schemas"]["CustomerIdentifierView"][] | null;
            industry?: string;
            kind?: string;
            name?: string;
            name_en?: string;
            note?: string;
            /** @description Empty = nobody */
            owner_id?: string;
            /** @enum {string} */
            party?: "org" | "person";
            region?: string;
            /** @description YYYY-MM-DD, empty = unknown */
            since?: string;
            /** @enum {string} */
            status?: "prospect" | "active" | "dormant" | "lost";
            tags?: string[] | null;
        };
        DutyCountsView: {
            /**
             * Format: int64
             * @description Due this month up to today and kept in time
             */
            kept_month: number;
            /** @description Kept in time of all that was due this month, in per cent with one decimal; empty when nothing was */
            kept_rate: string;
            /** Format: int64 */
            late_month: number;
            /** Format: int64 */
            missed_month: number;
            /**
             * Format: int64
             * @description Past their day and not done
             */
            overdue: number;
            /**
             * Format: int64
             * @description Due today and open
             */
            today: number;
            /**
             * Format: int64
             * @description Due from today to Sunday and open
             */
            week: number;
        };
        DutyCustomerView: {
            code: string;
            id: string;
            name: string;
            /** @description The number to call, empty when none is known */
            phone: string;
            /** @description Division code, empty when unknown */
            region: string;
        };
        DutyDoBody: {
            /** @description Ids of files uploaded before by the same person */
            files?: string[] | null;
            /** @description What happened; needed unless there is a file */
            note?: string;
            /** @description The day it happened, not after today */
            on: string;
            /** @description Needed when the day lies before the duty's window */
            reason?: string;
        };
        DutyFileView: {
            id: string;
            media_type: string;
            name: string;
            /**
             * Format: int64
             * @description Bytes
             */
            size: number;
        };
        DutyForeseeBody: {
            rulebook: string;
            /** @description Without it what is in force, else the newest */
            version?: string;
        };
        DutyForeseeStarted: {
            job_id: string;
        };
        DutyGradeItemView: {
            /** @description Of an example; every customer has days of its own, as far apart */
            days: string[];
            duty: components["schemas"]["RuleDutyRule"];
            impossible: components["schemas"]["DutyImpossibleView"][];
            /**
             * Format: int64
             * @description In the year
             */
            minutes: number;
            /** @description Occasions whose day each customer has for itself */
            own: string[];
            /**
             * Format: int64
             * @description In the year, without what facts bring
             */
            times: number;
        };
        DutyGradePlanView: {
            from: string;
            items: components["schemas"]["DutyGradeItemView"][];
            /**
             * Format: int64
             * @description For one customer, without what the whole grade gets once and without what facts bring
             */
            minutes: number;
            to: string;
            version: string;
        };
        DutyImpossibleView: {
            /** @description First day of its window, empty when there is none */
            from: string;
            occasion: string;
            /** @enum {string} */
            reason: "no_interval" | "no_working_day" | "owner_away" | "year_unknown";
        };
        DutyPlanBody: {
            /** @description Empty = every rulebook that has graded anybody */
            rulebook?: string;
        };
        DutyPlanStarted: {
            job_ids: string[];
        };
        DutyTextView: {
            en: string;
            zh: string;
        };
        DutyView: {
            /** @description Kind of the fact it becomes: visit, call, greeting ... */
            activity: string;
            /** @description The cadence is the company's setting, not the text's */
            assumed: boolean;
            /** @description Number of the clause that asks for it */
            clause: string;
            customer: components["schemas"]["DutyCustomerView"];
            /**
             * Format: int64
             * @description 0 unless it is missed
             */
            days_overdue: number;
            /** @description Moment it was recorded, waived or dropped; RFC 3339, or empty */
            done_at: string;
            /** @description Who recorded it, empty while nobody did */
            done_by: string;
            done_by_name: string;
            /** @description Day of the evidence, empty while it is not done */
            done_on: string;
            due_on: string;
            /** @description Day on which that is due, or empty */
            escalate_on: string;
            /** @description Role that is told when it is missed, empty for nobody */
            escalate_to: string;
            /** @description Name of who was told, empty while nobody was */
            escalated_to: string;
            /** @description Cadence as an ISO period; empty when an occasion brings it */
            every: string;
            /** @description What the rule asks to be shown */
            evidence: string;
            /** @description The fact it became, empty when none */
            fact_id: string;
            /** @description Filled for a single duty, empty in lists */
            files: components["schemas"]["DutyFileView"][];
            /** @description Code of the grade that asked for it */
            grade: string;
            id: string;
            /** @description The acting person may settle it */
            may_do: boolean;
            may_waive: boolean;
            note: string;
            /** @description What brings it where there is no cadence: birthday, anniversary(FIELD), date(FIELD), festival(KEY), fact(KIND), fact(KIND.FIELD) */
            occasion: string;
            /** @description Owed to all customers of the grade together; the customer is empty then */
            of_grade: boolean;
            /** @description Who owes it, empty when nobody does yet */
            owner_id: string;
            owner_name: string;
            /** @description Of a waiver, or of evidence older than the window */
            reason: string;
            /** @description owner, or the role the rule names */
            role: string;
            /** @description Key of the duty rule in its rulebook */
            rule: string;
            rulebook: string;
            scheme: string;
            /**
             * @description As of today: an open duty whose day has passed is missed
             * @enum {string}
             */
            state: "open" | "missed" | "kept" | "late" | "waived" | "dropped";
            /** @description What is owed, as the rulebook said it when it was planned */
            title: components["schemas"]["DutyTextView"];
            /** @description Until when the acting person may take it back; RFC 3339, or empty */
            undo_until: string;
            /** @description The verdict that caused it, empty when none did */
            verdict_id: string;
            /** @description Version of the rulebook that planned it */
            version: string;
            /** @description Role that may excuse it, procedure when an approval must decide, empty for whoever has the permission */
            waive_by: string;
            /** @description First day on which doing it counts */
            window_from: string;
        };
        DutyViewList: {
            items: components["schemas"]["DutyView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        DutyWaiveBody: {
            reason: string;
        };
        EquipmentCaseMachineView: {
            /** @description The customer has a machine of that serial number */
            known: boolean;
            /** @description Null when the case names none */
            machine: components["schemas"]["EquipmentMachineView"] | null;
        };
        EquipmentMachineView: {
            /** @description Its cases that the reader may see, newest first; of a case the others */
            cases: components["schemas"]["ProcedureAnsweredCaseView"][];
            contract: string;
            /** @description The warranty holds today */
            covered: boolean;
            document: string;
            /** @description The newest fact about it */
            fact_id: string;
            /** @description Empty when not known */
            installed_on: string;
            place: string;
            product: string;
            /** @description No longer in use */
            removed: boolean;
            serial: string;
            /** @description The last day; empty when not known */
            warranty_until: string;
        };
        EquipmentMachineViewList: {
            items: components["schemas"]["EquipmentMachineView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        EventView: {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description Empty when it concerns no single customer */
            customer_id: string;
            /** @description Of the last try, for whoever looks after the system */
            error: string;
            id: string;
            kind: string;
            /** @description Tried too often: waits for retry or skip */
            parked: boolean;
            /**
             * Format: date-time
             * @description When it is tried next, unless parked
             */
            retry_at: string;
            /** Format: int64 */
            tries: number;
        };
        EventViewList: {
            items: components["schemas"]["EventView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        FactKindView: {
            has_amount: boolean;
            kind: string;
            label_en: string;
            label_zh: string;
        };
        FactKindViewList: {
            items: components["schemas"]["FactKindView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        FactMonthView: {
            /** @description Decimal */
            amount: string;
            currency: string;
            /** Format: int64 */
            facts: number;
            kind: string;
            /** @description YYYY-MM */
            month: string;
        };
        FactMonthViewList: {
            items: components["schemas"]["FactMonthView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        FactRecordBody: {
            /** @description Decimal; rounded half to even to the minor unit */
            amount?: string;
            attrs?: {
                [key: string]: unknown;
            };
            /** @description ISO 4217; CNY when there is an amount and no currency */
            currency?: string;
            document?: string;
            kind: string;
            /** Format: date-time */
            occurred_at?: string;
            /** Format: date */
            occurred_on: string;
            product?: string;
            /** @description Decimal with at most three places */
            quantity?: string;
            status?: string;
        };
        FactReverseBody: {
            fact_id: string;
            /**
             * Format: date
             * @description The day of the fact
             */
            occurred_on: string;
            reason: string;
        };
        FactView: {
            /** @description Decimal; absent when the fact has no amount */
            amount?: string;
            attrs: unknown;
            /** @description The batch it came with; absent when it was recorded by itself */
            batch_id?: string;
            currency?: string;
            customer_id: string;
            document: string;
            id: string;
            kind: string;
            /**
             * Format: date-time
             * @description The moment, where it is known
             */
            occurred_at?: string;
            /** Format: date */
            occurred_on: string;
            product: string;
            /** @description Decimal with at most three places */
            quantity?: string;
            /** Format: date-time */
            recorded_at: string;
            /** @description Another fact takes it back */
            reversed: boolean;
            /** @description The fact it takes back */
            reverses?: string;
            status: string;
        };
        FactViewList: {
            items: components["schemas"]["FactView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        Field: {
            args?: {
                [key: string]: unknown;
            };
            code: string;
            path: string;
        };
        FlowAlarm: {
            before?: boolean;
            by: components["schemas"]["FlowDuration"];
            tell: components["schemas"]["FlowWho"][] | null;
        };
        FlowAuthority: {
            amount?: string;
            key: string;
            rows: components["schemas"]["FlowAuthorityRow"][] | null;
        };
        FlowAuthorityRow: {
            clause?: string;
            grades?: string[] | null;
            post: string;
            up_to?: string;
        };
        FlowBranch: {
            clause?: string;
            to?: string;
            when?: string;
        };
        FlowClass: {
            clause?: string;
            key: string;
            tell?: components["schemas"]["FlowWho"][] | null;
            title: components["schemas"]["FlowText"];
            when?: string;
        };
        FlowDeadline: {
            alarms?: components["schemas"]["FlowAlarm"][] | null;
            assumed?: boolean;
            clause?: string;
            within: components["schemas"]["FlowDuration"];
        };
        FlowDefinition: {
            about?: string;
            classes?: components["schemas"]["FlowClass"][] | null;
            clause?: string;
            deadline?: components["schemas"]["FlowDeadline"];
            ends: components["schemas"]["FlowEnd"][] | null;
            extensions?: components["schemas"]["FlowExtension"][] | null;
            first?: components["schemas"]["FlowBranch"][] | null;
            forms: components["schemas"]["FlowForm"][] | null;
            grade_scheme?: string;
            key: string;
            kind: string;
            number: string;
            pauses?: components["schemas"]["FlowPause"][] | null;
            recuse?: string[] | null;
            register?: components["schemas"]["FlowRegister"];
            reopen?: components["schemas"]["FlowReopen"];
            start: components["schemas"]["FlowStart"];
            steps: components["schemas"]["FlowStep"][] | null;
            title: components["schemas"]["FlowText"];
        };
        FlowDefinitionList: {
            items: components["schemas"]["FlowDefinition"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        FlowDuration: {
            /** Format: int64 */
            days?: number;
            /** Format: int64 */
            hours?: number;
            /** Format: int64 */
            working?: number;
        };
        FlowEnd: {
            clause?: string;
            good: boolean;
            key: string;
            record?: components["schemas"]["FlowRecord"];
            title: components["schemas"]["FlowText"];
        };
        FlowExtension: {
            add: components["schemas"]["FlowDuration"];
            approve?: components["schemas"]["FlowWho"][] | null;
            clause?: string;
            key: string;
            title: components["schemas"]["FlowText"];
        };
        FlowField: {
            clause?: string;
            fields?: components["schemas"]["FlowField"][] | null;
            from?: string;
            hint: components["schemas"]["FlowText"];
            key: string;
            many?: boolean;
            max?: string;
            min?: string;
            options?: components["schemas"]["FlowOption"][] | null;
            required?: boolean;
            required_when?: string;
            staff?: boolean;
            title: components["schemas"]["FlowText"];
            type: string;
            unit?: string;
        };
        FlowForm: {
            clause?: string;
            fields: components["schemas"]["FlowField"][] | null;
            key: string;
            layout?: string;
            number?: string;
            text: components["schemas"]["FlowText"];
            title: components["schemas"]["FlowText"];
        };
        FlowOption: {
            key: string;
            title: components["schemas"]["FlowText"];
        };
        FlowPause: {
            at_most?: components["schemas"]["FlowDuration"];
            clause?: string;
            key: string;
            title: components["schemas"]["FlowText"];
        };
        FlowRecord: {
            attrs?: {
                [key: string]: string;
            };
            fact: string;
        };
        FlowRegister: {
            clause?: string;
            left?: string;
        };
        FlowReopen: {
            by: components["schemas"]["FlowWho"][] | null;
            to: string;
            within?: components["schemas"]["FlowDuration"];
        };
        FlowStart: {
            by: components["schemas"]["FlowWho"][] | null;
            channels?: string[] | null;
            clause?: string;
            form?: string;
        };
        FlowStep: {
            clause?: string;
            deadline?: components["schemas"]["FlowDeadline"];
            do: string;
            form?: string;
            key: string;
            need?: string;
            next?: components["schemas"]["FlowBranch"][] | null;
            /** Format: int64 */
            quorum?: number;
            rejected?: string;
            seats?: components["schemas"]["FlowWho"][] | null;
            skip?: string;
            title: components["schemas"]["FlowText"];
            together?: string[] | null;
        };
        FlowText: {
            en: string;
            zh: string;
        };
        FlowWho: {
            actor?: string;
            authority?: components["schemas"]["FlowAuthority"];
            each?: boolean;
            field?: string;
            near?: string;
            post?: string;
        };
        GradingAccuracyView: {
            /** Format: date */
            as_of: string;
            /**
             * Format: int64
             * @description Of them, those about whom people decided otherwise afterwards
             */
            corrected: number;
            /** Format: int64 */
            corrected_bp: number;
            /**
             * Format: int64
             * @description Graded customers
             */
            judged: number;
            /** @description Absent until 90 days have passed, or without sales */
            rank?: components["schemas"]["GradingRankAccuracyView"];
            rulebook: string;
            run_id: string;
            scheme: components["schemas"]["RuleScheme"];
        };
        GradingCoverageReasonView: {
            /** Format: int64 */
            count: number;
            reason: string;
            text: components["schemas"]["RuleText"];
        };
        GradingCoverageView: {
            /** @description Day of the newest complete run; empty before the first */
            as_of: string;
            /** Format: int64 */
            graded: number;
            /** Format: int64 */
            graded_bp: number;
            /**
             * Format: int64
             * @description Of that run, and those not judged yet
             */
            in_scope: number;
            /** @description There may be more than were counted */
            not_yet_bounded: boolean;
            /**
             * Format: int64
             * @description In scope today and not judged since they came into scope
             */
            not_yet_judged: number;
            /** @description The most frequent first */
            reasons: components["schemas"]["GradingCoverageReasonView"][];
            rulebook: string;
            run_id: string;
            scheme: components["schemas"]["RuleScheme"];
            /**
             * Format: int64
             * @description In scope of the run without a verdict
             */
            without: number;
        };
        GradingCrossCellView: {
            /** @description One per scheme; empty = without a grade */
            codes: string[];
            /** Format: int64 */
            count: number;
        };
        GradingCrossView: {
            /** @description Combinations that occur */
            cells: components["schemas"]["GradingCrossCellView"][];
            rulebook: string;
            /** @description Two or three, as asked for */
            schemes: components["schemas"]["RuleScheme"][];
            /**
             * Format: int64
             * @description Customers that all of these schemes have judged
             */
            total: number;
        };
        GradingDraftSimulateView: {
            /** @description YYYY-MM-DD; empty for today */
            as_of?: string;
            /** @description Settings that differ from the defaults */
            settings?: {
                [key: string]: string;
            };
        };
        GradingExplained: {
            /** Format: date */
            as_of: string;
            /** @description The clauses that are cited, in the words of the version that judged */
            clauses: components["schemas"]["GradingExplainedClause"][];
            customer: components["schemas"]["GradingExplainedCustomer"];
            expires_on: string;
            /** @description Inputs, items, the band that matched, what is missing for the next grade */
            explanation: components["schemas"]["RuleExplanation"];
            /** @enum {string} */
            origin: "computed" | "override" | "awaits";
            /** @description Why there is none */
            reason: string;
            rulebook: string;
            scheme: string;
            score: string;
            /** @description Code of the grade, empty when there is none */
            verdict: string;
            version: string;
        };
        GradingExplainedClause: {
            number: string;
            /** @description Where it is a clause of another rulebook: the one by which people decided */
            rulebook?: string;
            text: components["schemas"]["RuleText"];
            title: components["schemas"]["RuleText"];
        };
        GradingExplainedCustomer: {
            code: string;
            id: string;
            name: string;
        };
        GradingFoundView: {
            code: string;
            customer_code: string;
            customer_id: string;
            customer_name: string;
            /**
             * Format: int64
             * @enum {integer}
             */
            direction: -1 | 0 | 1;
            expires_on: string;
            /** @description The code before, where it moved; empty for none */
            from: string;
            kind: string;
            moved: boolean;
            /** @description Empty for nobody */
            owner_id: string;
            owner_name: string;
            /**
             * Format: int64
             * @description Of the code in its scheme, 0 = best
             */
            position: number;
            /** @description Why there is no verdict */
            reason: string;
            region: string;
            score: string;
            verdict_id: string;
        };
        GradingFoundViewList: {
            items: components["schemas"]["GradingFoundView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingGradeDecisionRightsView: {
            withdraw: boolean;
        };
        GradingGradeDecisionView: {
            /** Format: date-time */
            at: string;
            /** @description The clause by which it was decided; empty members when not known */
            basis: components["schemas"]["RuleDecisionBasis"];
            /** @description Who decided, as they were called then */
            by: string;
            code: string;
            /**
             * Format: date
             * @description First day on which it counts
             */
            from: string;
            id: string;
            may: components["schemas"]["GradingGradeDecisionRightsView"];
            reason: string;
            rulebook: string;
            scheme: string;
            /** @enum {string} */
            source: "review" | "override";
            /** @description The review, or the case */
            source_id: string;
            /**
             * @description hidden = a later decision counts in its place
             * @enum {string}
             */
            state: "counts" | "hidden" | "ended" | "withdrawn";
            /** @description What decided: a review, or the procedure with the number of its case */
            title: components["schemas"]["RuleText"];
            /** @description Last day; empty when open */
            until: string;
            withdrawn?: components["schemas"]["GradingWithdrawnView"];
        };
        GradingGradeDecisionViewList: {
            items: components["schemas"]["GradingGradeDecisionView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingGradeProposalView: {
            /** @description The newest case; empty without one */
            case_id: string;
            code: string;
            /** @description Key of the procedure that carries the signatures */
            procedure: string;
            rulebook: string;
            scheme: string;
            /**
             * Format: date
             * @description Day of the first verdict that proposed it
             */
            since: string;
            /**
             * @description open: nobody has been asked; asked: a case runs; refused: the last case ended without signatures
             * @enum {string}
             */
            state: "open" | "asked" | "refused";
            title: components["schemas"]["RuleText"];
        };
        GradingGradeProposalViewList: {
            items: components["schemas"]["GradingGradeProposalView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingJobView: {
            job_id: string;
        };
        GradingJudgeManyView: {
            customer_code?: string;
            customer_id?: string;
            /** @description YYYY-MM-DD, the first day on which it counts; today when empty */
            from?: string;
            item: string;
            note?: string;
            /** @description Points as a decimal, or one of the answers; empty takes back what was given */
            value: string;
        };
        GradingJudgeOutcomeView: {
            /** Format: int64 */
            set: number;
            /** Format: int64 */
            unchanged: number;
        };
        GradingJudgeView: {
            /** @description YYYY-MM-DD, the first day on which it counts; today when empty */
            from?: string;
            item: string;
            note?: string;
            /** @description Points as a decimal, or one of the answers; empty takes back what was given */
            value: string;
        };
        GradingJudgedItemView: {
            assumed: boolean;
            /** @description Role that judges; owner for the customer's owner, empty for anybody */
            by: string;
            clause: string;
            /** @description The first day on which it counts; empty without a value */
            from: string;
            /** @description Most points; empty for answers */
            high: string;
            /** @description Everything that was ever said, newest day first */
            history: components["schemas"]["GradingJudgedValueView"][];
            item: string;
            /** Format: date-time */
            judged_at?: string;
            judged_by: string;
            judged_by_name: string;
            judgement_id: string;
            /** @description Fewest points; empty for answers */
            low: string;
            /** @description Whether the reader may judge it */
            may_judge: boolean;
            /** @description What counts while nobody has judged: refuse, undecided or an answer */
            missing: string;
            note: string;
            title: components["schemas"]["RuleText"];
            /** @description Empty while nobody has judged */
            value: string;
            /** @description Answers to choose from; empty when points are given */
            values: components["schemas"]["RuleAnswer"][];
        };
        GradingJudgedSheetView: {
            /** Format: date */
            as_of: string;
            items: components["schemas"]["GradingJudgedItemView"][];
            rulebook: string;
            version: string;
        };
        GradingJudgedValueView: {
            /** Format: date */
            from: string;
            id: string;
            /** Format: date-time */
            judged_at: string;
            /** @description Empty for the system */
            judged_by: string;
            judged_by_name: string;
            note: string;
            /** @description Empty = taken back */
            value: string;
        };
        GradingMatrixView: {
            /**
             * Format: int64
             * @description Got or lost a verdict
             */
            aside: number;
            /** @description Best grades first; code empty = no verdict, - = not in scope that day */
            cells: components["schemas"]["GradingMoveView"][];
            /** Format: int64 */
            down: number;
            /**
             * Format: int64
             * @description Came into scope
             */
            entered: number;
            /** Format: date */
            from: string;
            from_run: string;
            /**
             * Format: int64
             * @description Left the scope
             */
            left: number;
            rulebook: string;
            scheme: components["schemas"]["RuleScheme"];
            /**
             * Format: int64
             * @description Graded on both days with the same code
             */
            stayed: number;
            /** Format: date */
            to: string;
            to_run: string;
            /** Format: int64 */
            up: number;
        };
        GradingMixDayView: {
            /** Format: date */
            day: string;
            run_id: string;
            /** @description One per label, best first, then those without a verdict */
            shares: components["schemas"]["GradingShareView"][];
            /** Format: int64 */
            total: number;
            version: string;
        };
        GradingMixView: {
            /** @description Oldest first; the newest 36 days with a complete run */
            days: components["schemas"]["GradingMixDayView"][];
            rulebook: string;
            scheme: components["schemas"]["RuleScheme"];
        };
        GradingMoveView: {
            /** Format: int64 */
            count: number;
            /**
             * Format: int64
             * @enum {integer}
             */
            direction: -1 | 0 | 1;
            from: string;
            to: string;
        };
        GradingMovedView: {
            customer_code: string;
            customer_id: string;
            customer_name: string;
            from: string;
            from_score: string;
            /** @description Empty for none */
            from_verdict_id: string;
            /** @description Empty for nobody */
            owner_id: string;
            owner_name: string;
            region: string;
            to: string;
            to_score: string;
            /** @description Empty for none */
            to_verdict_id: string;
        };
        GradingMovedViewList: {
            items: components["schemas"]["GradingMovedView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingNotYetView: {
            customer_code: string;
            customer_id: string;
            customer_name: string;
            /** @description Empty for nobody */
            owner_id: string;
            owner_name: string;
            region: string;
        };
        GradingNotYetViewList: {
            items: components["schemas"]["GradingNotYetView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingOpenJudgementView: {
            by: string;
            clause: string;
            customer_code: string;
            customer_id: string;
            customer_name: string;
            high: string;
            item: string;
            low: string;
            may_judge: boolean;
            /** @description Empty for nobody */
            owner_id: string;
            owner_name: string;
            region: string;
            title: components["schemas"]["RuleText"];
            values: components["schemas"]["RuleAnswer"][];
        };
        GradingOpenJudgementViewList: {
            items: components["schemas"]["GradingOpenJudgementView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingOverviewView: {
            /** @description The last completed run of each day, oldest first, at most 12 */
            history: components["schemas"]["GradingRunView"][];
            last?: components["schemas"]["GradingRunView"];
            /** @description Movement matrix of the last run against the standing before it */
            moves: components["schemas"]["GradingMoveView"][];
            /** @description One row per label of the scheme, best first, then those without a verdict */
            now: components["schemas"]["GradingShareView"][];
            rulebook: string;
            scheme: components["schemas"]["RuleScheme"];
            /** Format: int64 */
            total: number;
        };
        GradingRankAccuracyView: {
            /**
             * Format: int64
             * @description Customers whose place by sales is that of their grade
             */
            agreeing: number;
            /** Format: int64 */
            agreement_bp: number;
            currency: string;
            /** Format: int64 */
            customers: number;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
        };
        GradingRevenueView: {
            amount: string;
            currency: string;
            /**
             * Format: int64
             * @description Of this currency's total; 0 when the total is not positive
             */
            share_bp: number;
        };
        GradingRunView: {
            /** Format: date */
            as_of: string;
            /**
             * Format: int64
             * @description Customers whose grade changed
             */
            changed: number;
            /** @description Code to customers */
            counts: {
                [key: string]: number;
            };
            /**
             * @description Whom it judged: everybody, or only those about whom something changed since a complete run of the same day; what it found is the same
             * @enum {string}
             */
            extent: "full" | "changed" | "triggered";
            /** Format: date-time */
            finished_at?: string;
            /** Format: int64 */
            graded: number;
            id: string;
            /** Format: int64 */
            in_scope: number;
            job_id: string;
            rulebook: string;
            scheme: string;
            /** Format: date-time */
            started_at: string;
            /** @description Name, empty for the system */
            started_by: string;
            /** @enum {string} */
            state: "running" | "done" | "failed" | "canceled";
            version: string;
            /** Format: int64 */
            without_verdict: number;
            /**
             * Format: int64
             * @description Verdicts that were new; 0 when everything was as before
             */
            written: number;
        };
        GradingRunViewList: {
            items: components["schemas"]["GradingRunView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingSchemeView: {
            adopted: boolean;
            rulebook: string;
            scheme: components["schemas"]["RuleScheme"];
            title: components["schemas"]["RuleText"];
        };
        GradingSchemeViewList: {
            items: components["schemas"]["GradingSchemeView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingShareView: {
            /** @description Empty for those without a verdict */
            code: string;
            /** Format: int64 */
            count: number;
            /** Format: int64 */
            position: number;
            /**
             * Format: int64
             * @description Hundredths of a per cent of all customers in scope within reach
             */
            share_bp: number;
        };
        GradingSimulateView: {
            /** @description YYYY-MM-DD, today when empty */
            as_of?: string;
            settings?: {
                [key: string]: string;
            };
            /** @description Empty for the newest */
            version?: string;
        };
        GradingStabilityStepView: {
            /**
             * Format: int64
             * @description Got or lost a verdict
             */
            aside: number;
            /**
             * Format: int64
             * @description Graded on both days
             */
            compared: number;
            /** Format: int64 */
            down: number;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            unchanged_bp: number;
            /** Format: int64 */
            up: number;
        };
        GradingStabilityView: {
            rulebook: string;
            scheme: components["schemas"]["RuleScheme"];
            /** @description Oldest first; the newest twelve */
            steps: components["schemas"]["GradingStabilityStepView"][];
        };
        GradingStandingView: {
            /** Format: date */
            as_of: string;
            code: string;
            /** Format: int64 */
            position: number;
            previous_code: string;
            reason: string;
            rulebook: string;
            scheme: string;
            score: string;
            /**
             * Format: date
             * @description The day this code began without interruption
             */
            since: string;
            verdict_id: string;
        };
        GradingStandingViewList: {
            items: components["schemas"]["GradingStandingView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingStartView: {
            /** @description YYYY-MM-DD, today when empty */
            as_of?: string;
            rulebook: string;
        };
        GradingValueRowView: {
            code: string;
            /** Format: int64 */
            customers: number;
            /**
             * Format: int64
             * @description Of all duties done
             */
            duties_bp: number;
            /** Format: int64 */
            duties_done: number;
            hours: string;
            /**
             * Format: int64
             * @description Effort, by the hours the rulebook gives a duty, else by the usual time of its activity
             */
            minutes: number;
            /**
             * Format: int64
             * @description Of all effort
             */
            minutes_bp: number;
            /** Format: int64 */
            position: number;
            /** @description One per currency, in the order of currencies */
            revenue: components["schemas"]["GradingRevenueView"][];
            /**
             * Format: int64
             * @description Of the customers, hundredths of a per cent
             */
            share_bp: number;
        };
        GradingValueView: {
            /** Format: date */
            as_of: string;
            currencies: string[];
            /**
             * Format: date
             * @description First day of the twelve months
             */
            from: string;
            /** @description Kind of the facts whose amounts are added up */
            kind: string;
            /** @description One per label, best first, then those without a verdict */
            rows: components["schemas"]["GradingValueRowView"][];
            rulebook: string;
            run_id: string;
            scheme: components["schemas"]["RuleScheme"];
        };
        GradingVerdictView: {
            /** Format: date */
            as_of: string;
            code: string;
            /** Format: date-time */
            created_at: string;
            expires_on: string;
            id: string;
            /** @enum {string} */
            origin: "computed" | "override" | "awaits";
            /** Format: int64 */
            position: number;
            reason: string;
            rulebook: string;
            /** @description Empty for a decision of people */
            run_id: string;
            scheme: string;
            score: string;
            version: string;
        };
        GradingVerdictViewList: {
            items: components["schemas"]["GradingVerdictView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        GradingWithdrawView: {
            reason: string;
        };
        GradingWithdrawnView: {
            by: string;
            /**
             * Format: date
             * @description First day on which it no longer counted
             */
            on: string;
            reason: string;
        };
        GradingWithoutView: {
            code: string;
            customer_code: string;
            customer_id: string;
            customer_name: string;
            /**
             * Format: int64
             * @enum {integer}
             */
            direction: -1 | 0 | 1;
            expires_on: string;
            /** @description The code before, where it moved; empty for none */
            from: string;
            kind: string;
            moved: boolean;
            /** @description Empty for nobody */
            owner_id: string;
            owner_name: string;
            /**
             * Format: int64
             * @description Of the code in its scheme, 0 = best
             */
            position: number;
            /** @description Why there is no verdict */
            reason: string;
            reason_text: components["schemas"]["RuleText"];
            region: string;
            score: string;
            verdict_id: string;
        };
        GradingWithoutViewList: {
            items: components["schemas"]["GradingWithoutView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        HttpCookie: {
            Domain: string;
            /** Format: date-time */
            Expires: string;
            HttpOnly: boolean;
            /** Format: int64 */
            MaxAge: number;
            Name: string;
            Partitioned: boolean;
            Path: string;
            Quoted: boolean;
            Raw: string;
            RawExpires: string;
            /** Format: int64 */
            SameSite: number;
            Secure: boolean;
            Unparsed: string[] | null;
            Value: string;
        };
        ImporterAmountCount: {
            currency: string;
            imported: string;
            read: string;
        };
        ImporterCodeCount: {
            code: string;
            /** Format: int64 */
            lines: number;
        };
        ImporterCounts: {
            amounts?: components["schemas"]["ImporterAmountCount"][] | null;
            /** Format: int64 */
            archived?: number;
            /** Format: int64 */
            blank: number;
            /** Format: int64 */
            customers_created: number;
            /** Format: int64 */
            customers_updated: number;
            /** Format: int64 */
            documents: number;
            /** Format: int64 */
            imported: number;
            /** Format: int64 */
            kept?: number;
            problems?: components["schemas"]["ImporterProblemCount"][] | null;
            /** Format: int64 */
            put_back?: number;
            /** Format: int64 */
            read: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            set_aside: number;
            /** Format: int64 */
            unchanged: number;
            unknown?: components["schemas"]["ImporterCodeCount"][] | null;
            /** Format: int64 */
            unknown_codes: number;
            warnings?: components["schemas"]["Field"][] | null;
        };
        ImporterFieldView: {
            label_en: string;
            label_zh: string;
            name: string;
            required: boolean;
        };
        ImporterFieldViewList: {
            items: components["schemas"]["ImporterFieldView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ImporterKeptView: {
            code: string;
            id: string;
            name: string;
        };
        ImporterKeptViewList: {
            items: components["schemas"]["ImporterKeptView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ImporterLineView: {
            cells: string[];
            fixed: boolean;
            /** Format: int64 */
            line: number;
            /** @enum {string} */
            outcome: "refused" | "set_aside" | "ready" | "imported";
            /** @description path is the field; args.header and args.column name the column */
            problems: components["schemas"]["Field"][];
        };
        ImporterLineViewList: {
            items: components["schemas"]["ImporterLineView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ImporterMappingView: {
            id: string;
            name: string;
            /** @description Saved by a person; else remembered for the headers of a file */
            named: boolean;
            options: components["schemas"]["ImporterSettings"];
            /** @description You may write over it and forget it */
            own: boolean;
            target: string;
            /** Format: date-time */
            used_at: string;
        };
        ImporterMappingViewList: {
            items: components["schemas"]["ImporterMappingView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ImporterPreviewLineView: {
            problems: components["schemas"]["Field"][];
            /** @description Field to its value as it will be kept */
            values: {
                [key: string]: string;
            };
        };
        ImporterPreviewView: {
            /** @description An earlier import of the same content */
            before?: components["schemas"]["ImporterView"];
            encoding: string;
            /** @enum {string} */
            format: "csv" | "xlsx";
            header: string[];
            /** @description Field to header; =TEXT is a constant */
            mapping: {
                [key: string]: string;
            };
            /** @description What the rows were understood as, in the same order; empty while the mapping is not complete */
            read: components["schemas"]["ImporterPreviewLineView"][];
            /** @description At most 50 */
            rows: (string[] | null)[];
            sheets: string[];
            warnings: components["schemas"]["Field"][];
        };
        ImporterProblemCount: {
            args?: {
                [key: string]: unknown;
            };
            code: string;
            field: string;
            /** Format: int64 */
            line: number;
            /** Format: int64 */
            lines: number;
        };
        ImporterSettings: {
            allow_same_name?: boolean;
            cancel_prefix?: string;
            create_customers?: boolean;
            date_order?: string;
            decimal_comma?: boolean;
            encoding?: string;
            /** Format: int64 */
            header_row?: number;
            mapping?: {
                [key: string]: string;
            };
            mode?: string;
            sheet?: string;
        };
        ImporterView: {
            counts: components["schemas"]["ImporterCounts"];
            /** Format: date-time */
            created_at: string;
            /** @description Absent when the command line did it */
            created_by?: string;
            error_args?: {
                [key: string]: unknown;
            };
            error_code?: string;
            file_id: string;
            file_name: string;
            /** Format: date-time */
            finished_at?: string;
            id: string;
            /** @description The job that checks, runs or reverts it */
            job_id?: string;
            options: components["schemas"]["ImporterSettings"];
            /** Format: date-time */
            reverted_at?: string;
            /** @enum {string} */
            state: "uploaded" | "checking" | "checked" | "queued" | "running" | "done" | "failed" | "canceled" | "reverting" | "reverted";
            /** @description customers, or a kind of fact */
            target: string;
            /** Format: int64 */
            version: number;
        };
        ImporterViewList: {
            items: components["schemas"]["ImporterView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        JobView: {
            cancel_requested: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: int64 */
            done: number;
            error_args: {
                [key: string]: unknown;
            };
            error_code: string;
            /** Format: date-time */
            finished_at: string | null;
            id: string;
            kind: string;
            result: unknown;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "canceled";
            /**
             * Format: int64
             * @description 0 while it is not known
             */
            total: number;
        };
        JobViewList: {
            items: components["schemas"]["JobView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        JoinInBody: {
            /** @description Today when empty */
            from?: string;
            part: string;
            until?: string;
            user_id: string;
        };
        JudgeInBody: {
            items: components["schemas"]["GradingJudgeView"][] | null;
        };
        JudgeManyInBody: {
            items: components["schemas"]["GradingJudgeManyView"][] | null;
        };
        MembersInBody: {
            /** @description Ids of customers */
            add?: string[] | null;
            /** @description Add every customer that q and filter mean, instead of ids */
            all?: boolean;
            /** @description Conditions of the customer list */
            filter?: string[] | null;
            q?: string;
            /** @description Ids of customers */
            remove?: string[] | null;
        };
        MessageChannelView: {
            /** @enum {string} */
            name: "mail" | "sms" | "wecom" | "webhook";
            /** @description Set up in the server's configuration */
            ready: boolean;
            /** @description The other side knows a message again: it is handed over once more when nobody knows whether it arrived */
            repeatable: boolean;
            /** @description Host of the server */
            target: string;
        };
        MessageChannelViewList: {
            items: components["schemas"]["MessageChannelView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        MessageConsentView: {
            /** Format: date-time */
            at: string;
            by: string;
            /** @enum {string} */
            channel: "mail" | "sms" | "wecom" | "webhook";
            /** @description Wants nothing by this channel */
            out: boolean;
            /** @enum {string} */
            source: "staff" | "link";
        };
        MessageFieldsView: {
            fields: string[];
            /** @enum {string} */
            purpose: "greeting" | "notice" | "offer" | "answer";
        };
        MessageFieldsViewList: {
            items: components["schemas"]["MessageFieldsView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        MessageOverviewView: {
            states: components["schemas"]["MessageStateCount"][];
        };
        MessagePolicy: {
            /**
             * Format: int64
             * @description So many messages a customer gets within cap_days, answers not counted; 0 = no bound
             */
            cap: number;
            /** Format: int64 */
            cap_days: number;
            /**
             * @description Of customers who prefer none
             * @enum {string}
             */
            language: "zh" | "en";
            /** @description Channels that are switched off */
            off: string[];
            /** @description How the organisation calls itself in messages */
            organisation: components["schemas"]["MessageWordsView"];
            /**
             * Format: int64
             * @description Minute of the day from which nothing is sent
             */
            quiet_from: number;
            /**
             * Format: int64
             * @description Minute of the day from which messages are sent again; equal to quiet_from = no quiet hours
             */
            quiet_to: number;
        };
        MessagePreviewView: {
            address: string;
            /**
             * Format: date-time
             * @description From when, with later
             */
            at: string | null;
            body: string;
            /** @enum {string} */
            gate: "yes" | "later" | "no";
            language: string;
            recipient: string;
            subject: string;
            why: string;
            why_args: {
                [key: string]: unknown;
            };
        };
        MessageSendWrite: {
            /** @description Instead of the template's */
            body?: string;
            /** @enum {string} */
            channel: "mail" | "sms" | "wecom" | "webhook";
            /** @description Empty = the customer, or whoever of its contacts has an address */
            contact_id?: string;
            /**
             * @description Empty = what the recipient prefers
             * @enum {string}
             */
            language?: "zh" | "en";
            /**
             * @description Without a template
             * @enum {string}
             */
            purpose?: "greeting" | "notice" | "offer" | "answer";
            /** @description Instead of the template's */
            subject?: string;
            template_id?: string;
        };
        MessageStateCount: {
            /** Format: int64 */
            count: number;
            /** @enum {string} */
            state: "queued" | "sending" | "sent" | "failed" | "suppressed" | "unclear" | "stopped";
        };
        MessageTemplateView: {
            archived: boolean;
            body: components["schemas"]["MessageWordsView"];
            /** @enum {string} */
            channel: "mail" | "sms" | "wecom" | "webhook";
            id: string;
            name: string;
            /** @enum {string} */
            purpose: "greeting" | "notice" | "offer" | "answer";
            subject: components["schemas"]["MessageWordsView"];
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        MessageTemplateViewList: {
            items: components["schemas"]["MessageTemplateView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        MessageTemplateWrite: {
            /** @description At least one language; fields stand in double braces, see list-message-fields */
            body: components["schemas"]["MessageWordsView"];
            /** @enum {string} */
            channel: "mail" | "sms" | "wecom" | "webhook";
            name: string;
            /** @enum {string} */
            purpose: "greeting" | "notice" | "offer" | "answer";
            /** @description Of mails */
            subject?: components["schemas"]["MessageWordsView"];
        };
        MessageUnsubscribedView: {
            /** @enum {string} */
            channel: "mail" | "sms" | "wecom" | "webhook";
            out: boolean;
        };
        MessageView: {
            address: string;
            /** Format: int64 */
            attempts: number;
            body: string;
            by: string;
            /** @enum {string} */
            channel: "mail" | "sms" | "wecom" | "webhook";
            /** @description Empty = the customer itself */
            contact_id: string;
            /** Format: date-time */
            created_at: string;
            customer: string;
            /** @description Empty for a test of an administrator */
            customer_id: string;
            id: string;
            language: string;
            /**
             * Format: date-time
             * @description When it is tried next, while it is queued
             */
            next_at: string | null;
            /** @description The other side's name for it */
            provider_id: string;
            /** @enum {string} */
            purpose: "greeting" | "notice" | "offer" | "answer" | "test";
            recipient: string;
            /** @description What asked for it: duty:12, case:7 */
            ref: string;
            /** Format: date-time */
            sent_at: string | null;
            /** @enum {string} */
            state: "queued" | "sending" | "sent" | "failed" | "suppressed" | "unclear" | "stopped";
            subject: string;
            template_id: string;
            /** @description Code of a sentence; empty = nothing to say */
            why: string;
            why_args: {
                [key: string]: unknown;
            };
        };
        MessageViewList: {
            items: components["schemas"]["MessageView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        MessageWishView: {
            best_time: string;
            /** @description Nobody writes to them, by no channel */
            blocked: boolean;
            consents: components["schemas"]["MessageConsentView"][];
            /** @description Empty = the customer as a whole */
            contact_id: string;
            /**
             * @description Empty = the organisation's
             * @enum {string}
             */
            language: "" | "zh" | "en";
            likes: string;
            /**
             * Format: int64
             * @description Minute of the day; null = the organisation's hours
             */
            quiet_from: number | null;
            /** Format: int64 */
            quiet_to: number | null;
            reason: string;
            salutation: string;
            /**
             * Format: int64
             * @description 0 = nothing was said yet
             */
            version: number;
            wecom: string;
        };
        MessageWishViewList: {
            items: components["schemas"]["MessageWishView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        MessageWishWrite: {
            best_time?: string;
            blocked?: boolean;
            /** @description Empty = the customer as a whole */
            contact_id?: string;
            /** @enum {string} */
            language?: "" | "zh" | "en";
            likes?: string;
            /** @description Channels they do not want */
            out?: string[] | null;
            /** Format: int64 */
            quiet_from?: number | null;
            /** Format: int64 */
            quiet_to?: number | null;
            /** @description Needed with blocked */
            reason?: string;
            salutation?: string;
            wecom?: string;
        };
        MessageWordsView: {
            en: string;
            zh: string;
        };
        OwnershipAreaView: {
            /**
             * Format: int64
             * @description Those you may see in the area, whoever has them
             */
            customers: number;
            from: string;
            id: string;
            /**
             * Format: int64
             * @description Other contracts on exactly the same area at the same time
             */
            overlaps: number;
            /**
             * Format: int64
             * @description Of these, looked after by the contractor
             */
            owned: number;
            /** @description Division code of 2, 4 or 6 digits */
            region: string;
            region_name: components["schemas"]["OwnershipTextView"];
            /** @description As addresses write it; empty = the whole region */
            street: string;
            /** @description Empty = a person */
            unit_id: string;
            unit_name: components["schemas"]["OwnershipTextView"];
            /** @description The last day; empty = until further notice */
            until: string;
            /** @description Empty = a unit */
            user_id: string;
            user_name: string;
            /** Format: int64 */
            version: number;
        };
        OwnershipAreaViewList: {
            items: components["schemas"]["OwnershipAreaView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        OwnershipAreaWrite: {
            /** @description Today when empty */
            from?: string;
            region: string;
            street?: string;
            unit_id?: string;
            /** @description Until further notice when empty */
            until?: string;
            user_id?: string;
        };
        OwnershipCapView: {
            /** Format: int64 */
            at_most: number;
            clause: string;
            role: components["schemas"]["OwnershipTextView"];
        };
        OwnershipConflictView: {
            /** @enum {string} */
            kind: "differs" | "full" | "no_holder" | "gone" | "two_claims";
            /** @description Key of the rule concerned; empty = none */
            rule: string;
            /** @description What a field said where it means nobody */
            text: string;
            /** @description Of the rule */
            title: components["schemas"]["OwnershipTextView"];
            /** @description Whoever claims the customer or has it now; empty = nobody */
            user_id: string;
            user_name: string;
        };
        OwnershipHeadcountView: {
            /**
             * Format: int64
             * @description Customers one person can take
             */
            at_most: number;
            clause: string;
            /** Format: int64 */
            customers: number;
            grades: string[];
            /** @description At most 200 of those without */
            items: components["schemas"]["OwnershipUndedicatedView"][];
            role: components["schemas"]["OwnershipTextView"];
            rulebook: string;
            scheme: string;
            title: components["schemas"]["OwnershipTextView"];
            units: components["schemas"]["OwnershipUnitCountView"][];
            /** Format: int64 */
            without: number;
        };
        OwnershipHeadcountViewList: {
            items: components["schemas"]["OwnershipHeadcountView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        OwnershipJobView: {
            job_id: string;
        };
        OwnershipLineView: {
            clause: string;
            code: string;
            conflicts: components["schemas"]["OwnershipConflictView"][];
            customer_id: string;
            /** @description Empty = nobody */
            from_id: string;
            from_name: string;
            name: string;
            /** Format: int64 */
            precedence: number;
            rule: string;
            rule_title: components["schemas"]["OwnershipTextView"];
            /** @enum {string} */
            state: "open" | "chosen" | "applied" | "stale";
            /** @description Empty = nobody may */
            to_id: string;
            to_name: string;
            why: components["schemas"]["OwnershipTextView"];
        };
        OwnershipLineViewList: {
            items: components["schemas"]["OwnershipLineView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        OwnershipLoadView: {
            /** Format: int64 */
            after: number;
            /** Format: int64 */
            before: number;
            /**
             * Format: int64
             * @description 0 = none
             */
            cap: number;
            disabled: boolean;
            name: string;
            /** @description Empty = nobody */
            user_id: string;
        };
        OwnershipMemberView: {
            from: string;
            id: string;
            /** @description What the person does there */
            part: string;
            /** @description The last day; empty = until further notice */
            until: string;
            user_id: string;
            user_name: string;
        };
        OwnershipMemberViewList: {
            items: components["schemas"]["OwnershipMemberView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        OwnershipPoolView: {
            /** @description ISO period until the same person may take it again; empty = none */
            again_after: string;
            /** Format: int64 */
            claim_at_most: number;
            clause: string;
            items: components["schemas"]["OwnershipPooledView"][];
            /** @description ISO period until the first contact; empty = none */
            keep_for: string;
            /**
             * Format: int64
             * @description Customers you have taken and have still
             */
            mine: number;
            next_cursor: string;
            /** @description A rulebook in force has a pool, so customers can be taken */
            open: boolean;
            /** @description ISO period without a contact; empty = none */
            return_after: string;
            rulebook: string;
            /** Format: int64 */
            total: number;
        };
        OwnershipPooledView: {
            code: string;
            customer_id: string;
            /** @description In the scheme of the owner rules; empty = none */
            grade: string;
            /** @description How it came back: return, lapse, rule, hand, handover; empty = never had an owner here */
            how: string;
            kind: string;
            /** @description Name; empty = nobody yet */
            last_owner: string;
            name: string;
            region: components["schemas"]["OwnershipTextView"];
            /** @description Empty = never had an owner here */
            since: string;
        };
        OwnershipRuleView: {
            /** @description Not in the text of the regulation */
            assumed: boolean;
            /** @enum {string} */
            by: "role" | "field" | "area" | "present";
            clause: string;
            key: string;
            /** @description The role or the field */
            name: string;
            /**
             * Format: int64
             * @description 1 comes first
             */
            precedence: number;
            /** @description The role in words */
            role: components["schemas"]["OwnershipTextView"];
            title: components["schemas"]["OwnershipTextView"];
            /** @description Condition as written; empty for everybody */
            when: string;
        };
        OwnershipRulesView: {
            caps: components["schemas"]["OwnershipCapView"][];
            rulebook: string;
            rules: components["schemas"]["OwnershipRuleView"][];
            title: components["schemas"]["OwnershipTextView"];
            version: string;
        };
        OwnershipRulesViewList: {
            items: components["schemas"]["OwnershipRulesView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        OwnershipRunView: {
            /** Format: int64 */
            applied: number;
            /**
             * Format: int64
             * @description Lines waiting to be applied
             */
            chosen: number;
            /**
             * Format: int64
             * @description Customers with a conflict
             */
            conflicts: number;
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /** Format: date-time */
            finished_at: string | null;
            /** @description Also the id of the job that works it out */
            id: string;
            /** Format: int64 */
            in_scope: number;
            loads: components["schemas"]["OwnershipLoadView"][];
            /**
             * Format: int64
             * @description Customers who would change hands
             */
            moves: number;
            /**
             * Format: int64
             * @description Lines not yet chosen
             */
            open: number;
            rulebook: string;
            /**
             * Format: int64
             * @description Lines left because somebody changed the owner since
             */
            stale: number;
            /** @enum {string} */
            state: "working" | "ready" | "failed";
            /**
             * Format: int64
             * @description Customers nobody may look after
             */
            unowned: number;
            version: string;
        };
        OwnershipRunViewList: {
            items: components["schemas"]["OwnershipRunView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        OwnershipTermView: {
            /** @description Name of whoever did it; empty = the program, or not known */
            by: string;
            clause: string;
            conflicts: components["schemas"]["OwnershipConflictView"][];
            from: string;
            /** @enum {string} */
            how: "rule" | "hand" | "claim" | "return" | "lapse" | "handover";
            id: string;
            /** @description Empty = nobody */
            owner_id: string;
            owner_name: string;
            rule: string;
            rulebook: string;
            /** @description The day the next one began; empty = goes on */
            until: string;
            /** @description Missing where no rule decided */
            why: components["schemas"]["OwnershipTextView"] | null;
        };
        OwnershipTermViewList: {
            items: components["schemas"]["OwnershipTermView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        OwnershipTextView: {
            en: string;
            zh: string;
        };
        OwnershipTrackedView: {
            /** Format: int64 */
            by_hand: number;
            /** Format: int64 */
            by_rule: number;
            /**
             * Format: int64
             * @description Given to somebody else this month
             */
            changed: number;
            /** Format: int64 */
            claimed: number;
            /**
             * Format: int64
             * @description With a contact within the days
             */
            contacted: number;
            /** Format: int64 */
            customers: number;
            /** Format: int64 */
            owned: number;
            unit_id: string;
            unit_name: components["schemas"]["OwnershipTextView"];
            /** @description Empty for a unit, and for customers nobody looks after */
            user_id: string;
            user_name: string;
        };
        OwnershipTrackingView: {
            /** Format: int64 */
            days: number;
            on: string;
            staff: components["schemas"]["OwnershipTrackedView"][];
            units: components["schemas"]["OwnershipTrackedView"][];
        };
        OwnershipUndedicatedView: {
            code: string;
            customer_id: string;
            grade: string;
            name: string;
            /** @description Empty = nobody */
            owner_id: string;
            owner_name: string;
        };
        OwnershipUnitCountView: {
            /** Format: int64 */
            customers: number;
            name: components["schemas"]["OwnershipTextView"];
            /** Format: int64 */
            needed: number;
            /** Format: int64 */
            present: number;
            /** Format: int64 */
            short: number;
            /** @description Empty = without a unit */
            unit_id: string;
            /**
             * Format: int64
             * @description Customers without somebody of the role
             */
            without: number;
        };
        PasswordInBody: {
            current: string;
            next: string;
        };
        PrefsInBody: {
            /** @enum {string} */
            locale?: "zh" | "en";
            /** @description Replaces the whole object */
            prefs?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            theme?: "system" | "light" | "dark";
        };
        PreviewInBody: {
            groups: components["schemas"]["SegmentGroup"][];
        };
        Problem: {
            /** @description What fills the sentence of the code */
            args?: {
                [key: string]: unknown;
            };
            /** @description Stable code of the error, such as customer.code_taken */
            code: string;
            /** @description Every wrong field of the input */
            fields?: components["schemas"]["Field"][] | null;
            /** Format: int64 */
            status: number;
            /** @description The HTTP status in words */
            title: string;
            /** @description Always about:blank; use code */
            type: string;
        };
        ProcedureAbsenceBody: {
            from: string;
            reason?: string;
            /** @description Empty = nobody stands in */
            substitute_id?: string;
            /** @description Last day */
            until: string;
            /** @description Empty = oneself; others need procedure.manage */
            user_id?: string;
        };
        ProcedureAbsenceView: {
            from: string;
            id: string;
            reason: string;
            /** @description Empty = nobody stands in */
            substitute_id: string;
            substitute_name: string;
            /** @description Last day */
            until: string;
            user_id: string;
            user_name: string;
        };
        ProcedureAbsenceViewList: {
            items: components["schemas"]["ProcedureAbsenceView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ProcedureActBody: {
            /** @enum {string} */
            act: "fill" | "decide" | "answer" | "return" | "add_sign" | "delegate" | "claim" | "unclaim" | "assign" | "skip" | "comment" | "attach" | "link" | "pause" | "resume" | "extend" | "withdraw" | "reopen";
            /** @description Of the form of the step */
            answers?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            decision?: "agree" | "reject";
            /** @description Uploads to attach */
            files?: string[] | null;
            /** @description The absent person one stands in for; empty = worked out */
            for?: string;
            /** @enum {string} */
            link?: "repeat" | "cause" | "follow_up" | "related";
            /** @description Case to link with */
            other_id?: string;
            /** @description Whom to add, delegate to or assign */
            person?: string;
            /** @description Opinion of a decision, text of a comment; needed for rejecting, returning, skipping, pausing, extending, withdrawing and reopening */
            reason?: string;
            /**
             * Format: int64
             * @description Of the task; 0 = the only one that fits
             */
            seat?: number;
            /** @description Step to return to */
            to?: string;
            /**
             * Format: int64
             * @description row_version as last seen; acts that belong to no seat are refused when it has changed
             */
            version?: number;
            /** @description Key of the pause or extension */
            what?: string;
        };
        ProcedureActView: {
            act: string;
            /** @description Without a name: the program, or somebody outside */
            actor: components["schemas"]["ProcedurePersonRef"];
            answers?: {
                [key: string]: unknown;
            };
            at: string;
            decision: string;
            followed: components["schemas"]["ProcedureFollowedView"][];
            for: components["schemas"]["ProcedurePersonRef"];
            /** @description The customer did it, on the public pages */
            outside: boolean;
            person: components["schemas"]["ProcedurePersonRef"];
            reason: string;
            /** Format: int64 */
            seat: number;
            /** Format: int64 */
            seq: number;
            step: string;
            to: string;
            /** @description Key of a pause or extension, kind of a link, or the mark of a rating */
            what: string;
        };
        ProcedureAnsweredCaseView: {
            id: string;
            number: string;
            /** @description The end it reached */
            outcome: components["schemas"]["ProcedureWordView"] | null;
            procedure: components["schemas"]["ProcedureTextView"];
            received_at: string;
            /** @enum {string} */
            status: "running" | "paused" | "ended" | "withdrawn";
            title: string;
        };
        ProcedureAppointBody: {
            /** @description First day; empty = today */
            from?: string;
            post: string;
            /** @description Empty = the whole organisation */
            unit_id?: string;
            /** @description Last day; empty = until further notice */
            until?: string;
            user_id: string;
        };
        ProcedureCaseCountView: {
            /** Format: int64 */
            count: number;
            /** @description There are more; count stops at 10000 */
            more: boolean;
        };
        ProcedureCaseView: {
            /** @description Decimal; empty when the case is not about money */
            amount: string;
            channel: string;
            class: components["schemas"]["ProcedureWordView"] | null;
            currency: string;
            customer: components["schemas"]["ProcedureCustomerRef"] | null;
            /** @description Limit of the whole case; empty = none */
            due_at: string;
            ended_at: string;
            /** @description The end was a good one */
            good: boolean;
            id: string;
            kind: string;
            /** @description Nearest limit of the case and its open steps; empty = none */
            next_due_at: string;
            number: string;
            /** @description The end it reached */
            outcome: components["schemas"]["ProcedureWordView"] | null;
            /** @description The nearest limit has passed */
            overdue: boolean;
            owner: components["schemas"]["ProcedurePersonRef"];
            /**
             * Format: int64
             * @description 1 comes first of all; 9 = ordinary
             */
            priority: number;
            procedure: components["schemas"]["ProcedureNameRef"];
            received_at: string;
            /** Format: int64 */
            row_version: number;
            rulebook: string;
            starter: components["schemas"]["ProcedurePersonRef"];
            /** @enum {string} */
            status: "running" | "paused" | "ended" | "withdrawn";
            /** @description Open now */
            steps: components["schemas"]["ProcedureWordView"][];
            /** @description Nobody can act on an open seat */
            stuck: boolean;
            subject: string;
            title: string;
            unit_id: string;
            updated_at: string;
            /** @description Of the rulebook whose procedure the case keeps */
            version: string;
        };
        ProcedureCaseViewList: {
            items: components["schemas"]["ProcedureCaseView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ProcedureClockView: {
            /** @description The text gives no figure */
            assumed: boolean;
            clause: string;
            due_at: string;
            /** @description The day it ends with, in the organisation's zone */
            due_on: string;
            from_at: string;
            paused: boolean;
            /**
             * Format: int64
             * @description Seconds; below 0 when it has passed. A paused case keeps what it had
             */
            remaining: number;
            /** @description Empty = the whole case */
            step: string;
            /** @enum {string} */
            unit: "days" | "working" | "hours";
        };
        ProcedureCustomerRef: {
            code: string;
            /** @description By the scheme the procedure means; empty when there is none, and in lists */
            grade: string;
            id: string;
            name: string;
        };
        ProcedureDecideBody: {
            /** @enum {string} */
            decision: "agree" | "reject";
            /** @description Needed for rejecting */
            reason?: string;
            tasks: components["schemas"]["ProcedureTaskRef"][];
        };
        ProcedureDecidedView: {
            /** Format: int64 */
            done: number;
            outcomes: components["schemas"]["ProcedureOutcomeView"][];
            /** Format: int64 */
            refused: number;
        };
        ProcedureDismissBody: {
            /** @description Last day; empty = it ends at once */
            until?: string;
        };
        ProcedureFileView: {
            at: string;
            by: components["schemas"]["ProcedurePersonRef"];
            field: string;
            id: string;
            media_type: string;
            name: string;
            /**
             * Format: int64
             * @description Bytes
             */
            size: number;
            step: string;
        };
        ProcedureFollowedView: {
            due_at: string;
            end: string;
            how: string;
            /** @description opened, closed, moved, filled, warned, overdue, pause_over, stuck, unstuck, raised, class, asked, granted, refused, paused, resumed, ended, withdrawn, reopened, recorded, uncertain */
            kind: string;
            /** Format: int64 */
            seat: number;
            step: string;
            what: string;
        };
        ProcedureFormView: {
            answers: {
                [key: string]: unknown;
            };
            form: string;
            number: string;
            /** @description start = the start form */
            step: string;
            /** Format: int64 */
            visits: number;
        };
        ProcedureHolderRef: {
            /** @description The substitute while the person is away, else the same */
            acts_id: string;
            acts_name: string;
            name: string;
            user_id: string;
        };
        ProcedureHolderView: {
            /** @description First day; empty when a role gives it */
            from: string;
            /** @description Empty when a role of the organisation gives the post */
            id: string;
            /** @description The name under which it is held */
            post: string;
            /** @enum {string} */
            source: "post" | "role";
            /** @description Empty = the whole organisation */
            unit_id: string;
            /** @description Last day; empty = until further notice */
            until: string;
            user_id: string;
            user_name: string;
        };
        ProcedureInboxCountView: {
            kind: string;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            overdue: number;
        };
        ProcedureInboxItemView: {
            /** @description What it is about beside a customer; null without */
            about: components["schemas"]["ProcedureSubjectView"] | null;
            /** @description May be decided together with others */
            bulk: boolean;
            case: components["schemas"]["ProcedureCaseView"];
            /** @description Named for the person, or claimed by the person */
            claimed: boolean;
            /** @enum {string} */
            do: "fill" | "decide" | "answer";
            due_at: string;
            /** @description In whose name the person would act */
            for: components["schemas"]["ProcedurePersonRef"];
            /** @enum {string} */
            kind: "" | "sign" | "extend";
            opened_at: string;
            overdue: boolean;
            /** Format: int64 */
            seat: number;
            step: string;
            /** @description Of the step; empty for the approval of an extension */
            title: components["schemas"]["ProcedureTextView"];
        };
        ProcedureInboxView: {
            counts: components["schemas"]["ProcedureInboxCountView"][];
            items: components["schemas"]["ProcedureInboxItemView"][];
            /** @description More waits than counts says: it stops at 10000 tasks */
            more: boolean;
            next_cursor: string;
            /** @description Newest first, at most 50 */
            notices: components["schemas"]["ProcedureNoticeView"][];
            /**
             * Format: int64
             * @description Notices not put away
             */
            unread: number;
        };
        ProcedureLineView: {
            customer: components["schemas"]["ProcedureCustomerRef"] | null;
            /** @description Of the case */
            id: string;
            /** @description The absent person in whose name; empty = the own */
            leave_for: string;
            /**
             * Format: int64
             * @description Where the reader may note it (act fill of the case); 0 = nowhere
             */
            leave_seat: number;
            /** @description HH:MM; empty = nothing was noted */
            left: string;
            /** @description The reader may open the case */
            may_open: boolean;
            number: string;
            /** @description The leaving is still to be noted */
            present: boolean;
            received_at: string;
            /** @description Who entered it */
            starter: components["schemas"]["ProcedurePersonRef"];
            /** @enum {string} */
            status: "running" | "paused" | "ended" | "withdrawn";
            /** @description By the keys of the columns, in words */
            values: {
                [key: string]: components["schemas"]["ProcedureTextView"];
            };
        };
        ProcedureLineViewList: {
            items: components["schemas"]["ProcedureLineView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ProcedureLinkView: {
            case_id: string;
            /** @enum {string} */
            link: "repeat" | "cause" | "follow_up" | "related";
            number: string;
            status: string;
            title: string;
        };
        ProcedureMayNotView: {
            act: string;
            args?: {
                [key: string]: unknown;
            };
            /** @description Code of an error */
            code: string;
        };
        ProcedureMayView: {
            act: string;
            /** @description Steps to return to, pauses, or the extension */
            choices: string[];
            /** @description In whose name, when the person stands in */
            for: components["schemas"]["ProcedurePersonRef"];
            form: string;
            /** Format: int64 */
            seat: number;
            step: string;
        };
        ProcedureNameRef: {
            key: string;
            title: components["schemas"]["ProcedureTextView"];
        };
        ProcedureNoticeView: {
            /** @description What it is about, where that is no case: review:ID */
            about: string;
            about_title: components["schemas"]["ProcedureTextView"];
            at: string;
            /** @description 0 where it is about something else */
            case_id: string;
            /** @enum {string} */
            code: "warned" | "overdue" | "pause_over" | "class" | "stuck" | "ended" | "fact_refused" | "added" | "review_due" | "review_late";
            id: string;
            /** @description Of the case */
            kind: string;
            limit_at: string;
            number: string;
            step: string;
            title: string;
            /** @description Key of a class or pause */
            what: string;
        };
        ProcedureOutcomeView: {
            args?: {
                [key: string]: unknown;
            };
            case_id: string;
            /** @description Why it was refused; empty when it was done */
            code: string;
            done: boolean;
            /** Format: int64 */
            seat: number;
        };
        ProcedurePersonRef: {
            /** @description Empty = nobody, or somebody outside */
            id: string;
            name: string;
        };
        ProcedurePostView: {
            /** @description Somebody holds it today */
            held: boolean;
            holders: components["schemas"]["ProcedureHolderView"][];
            /** @description Under any of these it may be held */
            names: string[];
            post: string;
            /** @description The role of the organisation that fills it; empty = none */
            role: string;
            rulebooks: string[];
            title: components["schemas"]["ProcedureTextView"];
        };
        ProcedurePostViewList: {
            items: components["schemas"]["ProcedurePostView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ProcedureRecordView: {
            /** @description What it is about beside a customer; null without */
            about: components["schemas"]["ProcedureSubjectView"] | null;
            /** @description Decimal; empty when the case is not about money */
            amount: string;
            channel: string;
            class: components["schemas"]["ProcedureWordView"] | null;
            clocks: components["schemas"]["ProcedureClockView"][];
            currency: string;
            customer: components["schemas"]["ProcedureCustomerRef"] | null;
            definition: components["schemas"]["FlowDefinition"] | null;
            /** @description Limit of the whole case; empty = none */
            due_at: string;
            ended_at: string;
            extended: string[];
            /** @description The fact it became; empty = none */
            fact_id: string;
            files: components["schemas"]["ProcedureFileView"][];
            forms: components["schemas"]["ProcedureFormView"][];
            /** @description The end was a good one */
            good: boolean;
            /** @description Oldest first */
            history: components["schemas"]["ProcedureActView"][];
            id: string;
            kind: string;
            links: components["schemas"]["ProcedureLinkView"][];
            may: components["schemas"]["ProcedureMayView"][];
            may_not: components["schemas"]["ProcedureMayNotView"][];
            /** @description Nearest limit of the case and its open steps; empty = none */
            next_due_at: string;
            number: string;
            /** @description The end it reached */
            outcome: components["schemas"]["ProcedureWordView"] | null;
            /** @description The nearest limit has passed */
            overdue: boolean;
            owner: components["schemas"]["ProcedurePersonRef"];
            /** @description Why the clocks stand; empty when they run */
            pause: string;
            pause_until: string;
            /**
             * Format: int64
             * @description 1 comes first of all; 9 = ordinary
             */
            priority: number;
            procedure: components["schemas"]["ProcedureNameRef"];
            received_at: string;
            /** Format: int64 */
            row_version: number;
            rulebook: string;
            rulebook_title: components["schemas"]["ProcedureTextView"];
            starter: components["schemas"]["ProcedurePersonRef"];
            /** @enum {string} */
            status: "running" | "paused" | "ended" | "withdrawn";
            step_states: components["schemas"]["ProcedureStepView"][];
            /** @description Open now */
            steps: components["schemas"]["ProcedureWordView"][];
            /** @description Nobody can act on an open seat */
            stuck: boolean;
            subject: string;
            tasks: components["schemas"]["ProcedureTaskView"][];
            title: string;
            unit_id: string;
            updated_at: string;
            /** @description Of the rulebook whose procedure the case keeps */
            version: string;
            warnings: components["schemas"]["ProcedureWarningView"][];
        };
        ProcedureRegisterView: {
            /** @description Entries of the start form that fit on a line */
            columns: components["schemas"]["ProcedureWordView"][];
            /** @description The start form gives the columns */
            definition: components["schemas"]["FlowDefinition"] | null;
            /** @description Key of the entry in which the leaving is noted; empty when nobody notes it */
            leaves: string;
            may_enter: boolean;
            may_export: boolean;
            procedure: components["schemas"]["ProcedureNameRef"];
            rulebook: string;
            /** @description The reader sees every line; otherwise those within reach */
            whole: boolean;
        };
        ProcedureRegisterViewList: {
            items: components["schemas"]["ProcedureRegisterView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ProcedureSaidBy: {
            at: string;
            decision: string;
            /** @description Whom the person stood in for */
            for: components["schemas"]["ProcedurePersonRef"];
            person: components["schemas"]["ProcedurePersonRef"];
            reason: string;
        };
        ProcedureSeenBody: {
            /** @description Empty = all of them */
            id?: string;
        };
        ProcedureStartBody: {
            /** @description Of the start form: a text, a decimal text for numbers and money, true or false, a list of texts (several values, files as ids), or a list of rows */
            answers?: {
                [key: string]: unknown;
            };
            channel?: string;
            /** @description Empty = none */
            customer_id?: string;
            procedure: string;
            /** @description Moment the matter reached the organisation, from which deadlines count; RFC 3339, empty = now */
            received_at?: string;
            rulebook: string;
            /** @description What an approval is about, as noun:id */
            subject?: string;
            /** @description Empty = made from the start form */
            title?: string;
        };
        ProcedureStartableView: {
            /** @description Steps, forms, deadlines, ends */
            definition: components["schemas"]["FlowDefinition"] | null;
            rulebook: string;
            rulebook_title: components["schemas"]["ProcedureTextView"];
            version: string;
        };
        ProcedureStartableViewList: {
            items: components["schemas"]["ProcedureStartableView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ProcedureStepView: {
            /** @description Who acted in the last visit */
            by: components["schemas"]["ProcedureSaidBy"][];
            /** @enum {string} */
            decision: "" | "agree" | "reject";
            key: string;
            /** @enum {string} */
            state: "done" | "open" | "ahead";
            /** Format: int64 */
            visits: number;
        };
        ProcedureSubjectFactView: {
            title: components["schemas"]["ProcedureTextView"];
            value: components["schemas"]["ProcedureTextView"];
        };
        ProcedureSubjectView: {
            facts: components["schemas"]["ProcedureSubjectFactView"][];
            /** @description Path of the web that shows it in full; empty = none */
            page: string;
            title: components["schemas"]["ProcedureTextView"];
        };
        ProcedureTaskRef: {
            case_id: string;
            /** Format: int64 */
            seat: number;
        };
        ProcedureTaskView: {
            claimed: components["schemas"]["ProcedurePersonRef"];
            /** @enum {string} */
            do: "fill" | "decide" | "answer";
            due_at: string;
            form: string;
            /** @description Who may act today */
            holders: components["schemas"]["ProcedureHolderRef"][];
            /**
             * @description An added signature, or the approval of an extension; else empty
             * @enum {string}
             */
            kind: "" | "sign" | "extend";
            opened_at: string;
            post: string;
            post_name: components["schemas"]["ProcedureTextView"];
            /** @description A superior acts, because whoever holds the post is recused */
            raised: boolean;
            /** Format: int64 */
            seat: number;
            /** @description Empty for the approval of an extension */
            step: string;
            stuck: boolean;
            title: components["schemas"]["ProcedureTextView"];
            unit_id: string;
        };
        ProcedureTermChangeView: {
            at: string;
            by: components["schemas"]["ProcedurePersonRef"];
            case_id: string;
            grade: string;
            reason: string;
            scheme: string;
            /** Format: int64 */
            seq: number;
            state: string;
            terms: string;
            verdict_id: string;
        };
        ProcedureTermChangeViewList: {
            items: components["schemas"]["ProcedureTermChangeView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ProcedureTermView: {
            /** @description The customer has another grade now */
            changed: boolean;
            /** @description With the grade it has now */
            customer: components["schemas"]["ProcedureCustomerRef"];
            from: string;
            /** @description The grade that justified it when it was last decided on */
            grade: string;
            id: string;
            /** @enum {string} */
            kind: "price" | "supply" | "settlement" | "other";
            scheme: string;
            /** @enum {string} */
            state: "granted" | "reviewed" | "adjusted" | "revoked";
            terms: string;
            /** @description Last day; empty = until it is revoked */
            until: string;
            updated_at: string;
            verdict_id: string;
        };
        ProcedureTermViewList: {
            items: components["schemas"]["ProcedureTermView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ProcedureTextView: {
            en: string;
            zh: string;
        };
        ProcedureWarningView: {
            code: string;
            /** Format: int64 */
            year: number;
        };
        ProcedureWordView: {
            key: string;
            title: components["schemas"]["ProcedureTextView"];
        };
        PromiseActBody: {
            /** @enum {string} */
            act: "keep" | "move" | "break" | "withdraw" | "reopen";
            /** @description keep: the day it was done, empty = today; move: the new day */
            on?: string;
            /** @description keep: how it was kept; else the reason */
            said: string;
        };
        PromiseCountsView: {
            /** Format: int64 */
            broken: number;
            /** Format: int64 */
            kept: number;
            /** Format: int64 */
            late: number;
            /** @description There are more than were counted */
            more: boolean;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            overdue: number;
            /** Format: int64 */
            withdrawn: number;
        };
        PromiseCustomerView: {
            code: string;
            id: string;
            name: string;
        };
        PromiseMakeBody: {
            /** @description The person it was made to */
            contact_id?: string;
            /** @description YYYY-MM-DD */
            due_on: string;
            /**
             * @description Where it was made
             * @enum {string}
             */
            made_in?: "visit" | "call" | "case" | "";
            /** @description YYYY-MM-DD; empty = today */
            made_on?: string;
            /** @description Id of that visit, call or case */
            made_ref?: string;
            /** @description Who is to keep it; empty = whoever looks after the customer */
            owner_id?: string;
            /** @description What for, and for whose good */
            purpose?: string;
            what: string;
        };
        PromiseStepView: {
            /** @enum {string} */
            act: "make" | "keep" | "break" | "withdraw" | "move" | "reopen" | "give" | "overdue";
            /** @description RFC 3339 */
            at: string;
            /** @description Who did it, empty for the program */
            by: string;
            /** @description The day promised before */
            from: string;
            /** @description The reason, how it was kept, or who is to keep it now */
            said: string;
            /** @description keep: the day it was done; else the day promised afterwards */
            to: string;
        };
        PromiseView: {
            /** @description Kept by whoever looks after the customer; it goes with the customer */
            by_owner: boolean;
            contact: string;
            /** @description The person it was made to, empty = the customer as such */
            contact_id: string;
            customer: components["schemas"]["PromiseCustomerView"];
            due_on: string;
            fact_id: string;
            /** @description The day promised at first */
            first_due: string;
            id: string;
            /**
             * @description Empty = not said
             * @enum {string}
             */
            made_in: "visit" | "call" | "case" | "";
            made_on: string;
            /** @description Id of that visit, call or case */
            made_ref: string;
            /** @description What the acting person may do with it now */
            may: string[] | null;
            /**
             * Format: int64
             * @description How often the day was moved
             */
            moved: number;
            /** @description Who is to keep it, empty = nobody yet */
            owner_id: string;
            owner_name: string;
            purpose: string;
            /** @description How it was kept, or why not */
            said: string;
            settled_on: string;
            /** @enum {string} */
            state: "open" | "overdue" | "kept" | "late" | "broken" | "withdrawn";
            /** @description History, oldest first; empty in lists */
            steps: components["schemas"]["PromiseStepView"][] | null;
            what: string;
        };
        PromiseViewList: {
            items: components["schemas"]["PromiseView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        PublicAddBody: {
            /** @description Handles */
            files?: string[] | null;
            number: string;
            /** @description In full */
            phone: string;
            text?: string;
        };
        PublicAddedFile: {
            name: string;
            /**
             * Format: int64
             * @description Bytes
             */
            size: number;
        };
        PublicAddedView: {
            at: string;
            files: components["schemas"]["PublicAddedFile"][];
            text: string;
        };
        PublicArticleItemView: {
            id: string;
            /** @description How it begins, without marks of formatting */
            lead: components["schemas"]["PublicTextView"];
            tags: string[];
            /** @description Empty in a language it has no text in */
            title: components["schemas"]["PublicTextView"];
        };
        PublicArticleItemViewList: {
            items: components["schemas"]["PublicArticleItemView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        PublicArticleView: {
            /** @description Markdown */
            body: components["schemas"]["PublicTextView"];
            id: string;
            published_on: string;
            tags: string[];
            title: components["schemas"]["PublicTextView"];
        };
        PublicCaseView: {
            /** @description Oldest first */
            added: components["schemas"]["PublicAddedView"][];
            closed_on: string;
            /** @description Empty = no limit, or closed */
            due_on: string;
            may_add: boolean;
            may_rate: boolean;
            number: string;
            outcome: components["schemas"]["PublicTextView"];
            /** @description What is waited for */
            pause: components["schemas"]["PublicTextView"];
            procedure: components["schemas"]["PublicTextView"];
            rating: components["schemas"]["PublicRatingView"] | null;
            received_on: string;
            said: components["schemas"]["PublicSaidView"][];
            /** @enum {string} */
            stage: "received" | "in_hand" | "waiting" | "answered" | "closed" | "withdrawn";
        };
        PublicContactView: {
            /** @description E.164; empty when the customer cannot follow the case */
            phone: string;
            rating: components["schemas"]["PublicRatingView"] | null;
        };
        PublicKeyBody: {
            number: string;
            /** @description In full */
            phone: string;
        };
        PublicOpenListView: {
            /**
             * Format: int64
             * @description For how many days a rating may be corrected
             */
            correct_days: number;
            items: components["schemas"]["PublicOpenView"][];
            /**
             * Format: int64
             * @description Files at a time
             */
            max_files: number;
            /**
             * Format: int64
             * @description Bytes of one file
             */
            max_upload: number;
            /** @description false: the organisation has switched its public pages off */
            on: boolean;
        };
        PublicOpenView: {
            /** @description What is asked beside the phone */
            fields: components["schemas"]["FlowField"][];
            /** @description Title of the form */
            form: components["schemas"]["PublicTextView"];
            procedure: string;
            rulebook: string;
            title: components["schemas"]["PublicTextView"];
        };
        PublicRateBody: {
            number: string;
            /** @description In full */
            phone: string;
            remark?: string;
            /** Format: int64 */
            score: number;
        };
        PublicRatingView: {
            rated_on: string;
            remark: string;
            /** Format: int64 */
            score: number;
            /** @description Last day on which it may be corrected */
            until: string;
        };
        PublicReceiptView: {
            /** @description Empty = no limit */
            due_on: string;
            number: string;
            received_on: string;
        };
        PublicSaidField: {
            text: string;
            title: components["schemas"]["PublicTextView"];
            /** @enum {string} */
            type: "long_text" | "date" | "money" | "number";
            unit: string;
        };
        PublicSaidView: {
            lines: components["schemas"]["PublicSaidField"][];
            on: string;
            title: components["schemas"]["PublicTextView"];
        };
        PublicSettings: {
            /**
             * Format: int64
             * @description For how many days a customer may correct a rating
             */
            correct_days: number;
            /** @description false switches every public page off */
            on: boolean;
        };
        PublicStartBody: {
            /** @description Of the form, as for cases; files by the handles their uploads were given */
            answers?: {
                [key: string]: unknown;
            };
            /** @description By which the case is followed */
            phone: string;
            procedure: string;
            rulebook: string;
        };
        PublicTextView: {
            en: string;
            zh: string;
        };
        PublicUploadedView: {
            /** @description Handle to name it by */
            file: string;
            name: string;
            /**
             * Format: int64
             * @description Bytes
             */
            size: number;
        };
        RateOutcomeView: {
            /** Format: int64 */
            set: number;
            /** Format: int64 */
            unchanged: number;
        };
        RateRow: {
            currency: string;
            /**
             * Format: date
             * @description The first day it applies, until the next one of the currency
             */
            from: string;
            /** @description The currency it converts into */
            home: string;
            /** @description Units of home for one unit of the currency, a plain decimal */
            rate: string;
            /** Format: date-time */
            set_at: string;
            /** @description Name of who set it; empty for the system */
            set_by: string;
        };
        RateRowList: {
            items: components["schemas"]["RateRow"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        RateWrite: {
            currency: string;
            /** @description YYYY-MM-DD */
            from: string;
            /** @description CNY when empty */
            home?: string;
            /** @description Units of home for one unit of the currency; empty takes the rate back */
            rate: string;
        };
        RecordAmountView: {
            /** @description Decimal */
            amount: string;
            currency: string;
        };
        RecordContactView: {
            /** @description Empty when unknown */
            birthday: string;
            email: string;
            id: string;
            name: string;
            note: string;
            phone: string;
            primary: boolean;
            title: string;
            /** @description For If-Match */
            version: string;
        };
        RecordEntryView: {
            /** @description What the duty asked for */
            activity: string;
            /** @description Who did it, or owed it; empty when it was the system */
            actor_id: string;
            actor_name: string;
            /** @description Decimal, empty when there is none */
            amount: string;
            /** @description RFC 3339; empty where only the day is known */
            at: string;
            /** @description Details of the folded changes, newest first */
            changes: unknown[];
            clause: string;
            currency: string;
            day: string;
            document: string;
            /** @description The duty this is about or fulfilled */
            duty_id: string;
            duty_state: string;
            /**
             * Format: int64
             * @description How many facts are folded into this entry
             */
            facts: number;
            /** @description Of the import */
            file_name: string;
            files: components["schemas"]["DutyFileView"][];
            /** @description Code of the grade before */
            from: string;
            /** @description Unique within the timeline */
            id: string;
            /** @enum {string} */
            kind: "interaction" | "business" | "verdict" | "duty" | "change" | "contact" | "import" | "case";
            note: string;
            reason: string;
            /** @description Id of the fact, verdict, duty, import, case, or number of the audit entry */
            ref_id: string;
            rulebook: string;
            scheme: string;
            /** @description Of the facts when they agree, or of the import; kind of the case */
            status: string;
            /** @description Code of the grade */
            to: string;
            /** @description Kind of the fact; missed or waived; up, down, first or aside; action of the change; created or updated; begun, ended or withdrawn */
            type: string;
        };
        RecordEntryViewList: {
            items: components["schemas"]["RecordEntryView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        RecordFiguresView: {
            /** @description Empty when there is none */
            last_order_on: string;
            /**
             * Format: int64
             * @description Not done, the overdue ones included
             */
            open_duties: number;
            /**
             * Format: int64
             * @description Documents of the same time
             */
            orders_12m: number;
            /** Format: int64 */
            overdue_duties: number;
            /** @description Orders of the twelve months up to today, by currency */
            sales_12m: components["schemas"]["RecordAmountView"][];
        };
        RecordMayView: {
            duties: boolean;
            facts: boolean;
            grades: boolean;
        };
        RecordMonthView: {
            amount: string;
            currency: string;
            /** Format: int64 */
            facts: number;
            /** @description order or payment */
            kind: string;
            /** @description YYYY-MM */
            month: string;
        };
        RecordNextView: {
            code: string;
            missing: string;
            title: components["schemas"]["RecordTextView"];
            unit: string;
        };
        RecordRelationView: {
            code: string;
            /** @description The other customer lies outside the acting person's scope */
            hidden: boolean;
            id: string;
            name: string;
            note: string;
            other_id: string;
            /** @description The other one is the type of this one; otherwise this one is the type of the other */
            outgoing: boolean;
            /** @description Per cent with two decimals; empty when no share is meant */
            share: string;
            type: string;
        };
        RecordStandingView: {
            as_of: string;
            /** @description Empty = no grade, for the reason */
            code: string;
            label: components["schemas"]["RecordTextView"];
            /** @description What is missing for the next better grade */
            next: components["schemas"]["RecordNextView"] | null;
            previous_code: string;
            reason: string;
            rulebook: string;
            scheme: string;
            /** @description Empty when the rulebook has none */
            score: string;
            /** @description The day this grade began */
            since: string;
            /** @description Colour word of the grade */
            tone: string;
            verdict_id: string;
            version: string;
        };
        RecordTextView: {
            en: string;
            zh: string;
        };
        RecordView: {
            archived: boolean;
            code: string;
            contacts: components["schemas"]["RecordContactView"][];
            /** @description The first ten that are not done */
            duties: components["schemas"]["DutyView"][];
            figures: components["schemas"]["RecordFiguresView"];
            id: string;
            may: components["schemas"]["RecordMayView"];
            /** @description 24 months up to the present one, oldest first; months without facts are left out */
            months: components["schemas"]["RecordMonthView"][];
            name: string;
            relations: components["schemas"]["RecordRelationView"][];
            standings: components["schemas"]["RecordStandingView"][];
            today: string;
        };
        ReviewChangeView: {
            closes_on?: string;
            effective_on?: string;
            meeting_note?: string;
            meeting_on?: string;
            meeting_people?: string;
            note?: string;
            rate_by?: string;
        };
        ReviewCheckItemView: {
            code: string;
            correction: string;
            customer_id: string;
            done_note: string;
            due_on: string;
            finding: string;
            /** @description As it stood when the sample was drawn */
            grade: string;
            name: string;
            owner_name: string;
            /** Format: int64 */
            place: number;
            /** @enum {string} */
            state: "open" | "fine" | "finding" | "corrected";
            verdict_id: string;
            /** Format: int64 */
            version_no: number;
        };
        ReviewCheckPage: {
            by: string;
            /** @description By where the customers stand: open, fine, finding, corrected */
            counts: {
                [key: string]: number;
            };
            ended: boolean;
            grade: string;
            id: string;
            items: components["schemas"]["ReviewCheckItemView"][];
            note: string;
            /** Format: date */
            on: string;
            /**
             * Format: int64
             * @description Findings that were not corrected by their day
             */
            overdue: number;
            /** Format: int64 */
            population: number;
            rulebook: string;
            scheme: string;
            seed: string;
            /** Format: int64 */
            size: number;
        };
        ReviewCheckView: {
            by: string;
            /** @description By where the customers stand: open, fine, finding, corrected */
            counts: {
                [key: string]: number;
            };
            ended: boolean;
            grade: string;
            id: string;
            note: string;
            /** Format: date */
            on: string;
            /**
             * Format: int64
             * @description Findings that were not corrected by their day
             */
            overdue: number;
            /** Format: int64 */
            population: number;
            rulebook: string;
            scheme: string;
            seed: string;
            /** Format: int64 */
            size: number;
        };
        ReviewCheckViewList: {
            items: components["schemas"]["ReviewCheckView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ReviewCloseInBody: {
            /**
             * Format: int64
             * @description How many customers were not rated, as whoever closes has seen it: closing confirms it
             */
            unrated: number;
        };
        ReviewDealView: {
            /** Format: date-time */
            at: string;
            by: string;
            /** @description The provisional grade that followed */
            code: string;
            document: string;
            id: string;
            /** Format: date */
            on: string;
            reason: string;
            rulebook: string;
            scheme: string;
        };
        ReviewDelegateInBody: {
            /** @description Whose customers; empty for one's own */
            from?: string;
            /** @description Who stands in */
            to: string;
            /**
             * Format: date
             * @description The last day
             */
            until_on: string;
        };
        ReviewDelegationView: {
            from: components["schemas"]["ReviewPersonView"];
            id: string;
            to: components["schemas"]["ReviewPersonView"];
            /** Format: date */
            until_on: string;
        };
        ReviewDoneView: {
            /** Format: int64 */
            done: number;
        };
        ReviewDrawView: {
            /** @description Empty for all grades */
            grade?: string;
            note?: string;
            rulebook: string;
            scheme?: string;
            /**
             * Format: int64
             * @description The same seed over the same customers draws the same sample; 0 takes a new one
             */
            seed?: number;
            /** Format: int64 */
            size: number;
        };
        ReviewEvidenceView: {
            id: string;
            media_type: string;
            name: string;
            /** Format: int64 */
            size: number;
        };
        ReviewFillView: {
            /** @description On cooperation and development */
            note?: string;
            values: components["schemas"]["ReviewValueView"][];
        };
        ReviewFindView: {
            /** @description What is to be done */
            correction?: string;
            /** @description What was done */
            done_note?: string;
            due_on?: string;
            finding?: string;
            /** @enum {string} */
            state: "fine" | "finding" | "corrected";
        };
        ReviewFormItemView: {
            by: string;
            /** @description Of the post that judges */
            by_title: components["schemas"]["RuleText"];
            clause: string;
            files: components["schemas"]["ReviewEvidenceView"][];
            /** @description What counts today; empty while nobody has judged */
            given: string;
            high: string;
            item: string;
            low: string;
            may_judge: boolean;
            reason: string;
            title: components["schemas"]["RuleText"];
            value: string;
            values: components["schemas"]["RuleAnswer"][];
        };
        ReviewFormView: {
            /** @enum {string} */
            approval: "" | "waiting" | "approved" | "rejected";
            /** @description The grade when the campaign opened */
            before_code: string;
            before_score: string;
            /** @description The newest case that carries the signatures; empty without one */
            case_id: string;
            /** @description Of the form on which the grade is applied for */
            case_number: string;
            code: string;
            customer_id: string;
            differs: boolean;
            /** @description With the values on the form; decisions of people do not count */
            explanation: components["schemas"]["RuleExplanation"];
            /** @description After closing: what the verdict says */
            final_code: string;
            /** @description The day cooperation began; empty without a fact */
            first_fact: string;
            items: components["schemas"]["ReviewFormItemView"][];
            may_meet: boolean;
            may_rate: boolean;
            may_reopen: boolean;
            meet_code: string;
            meet_score: string;
            met: boolean;
            name: string;
            /** @description Too new for a grade that lasts */
            newcomer: boolean;
            /** @description Of the draft */
            note: string;
            /** @description What follows with the values on the form */
            now_code: string;
            now_reason: string;
            now_score: string;
            /** @description What followed from facts and judgements when it opened */
            open_code: string;
            open_score: string;
            /** @description The grade of the newest round; empty without one */
            outcome: string;
            owner_name: string;
            rate_code: string;
            rate_score: string;
            rated: boolean;
            signatures: components["schemas"]["ReviewSignatureView"][];
            /** @enum {string} */
            state: "waiting" | "draft" | "rated" | "met" | "reopened";
            unit_id: string;
            verdict_id: string;
            /** Format: int64 */
            version_no: number;
            /** @description Oldest first */
            versions: components["schemas"]["ReviewVersionView"][];
        };
        ReviewHistoryView: {
            /** @enum {string} */
            approval: "" | "waiting" | "approved" | "rejected";
            /** @description The grade when the campaign opened */
            before_code: string;
            before_score: string;
            /** @description The newest case that carries the signatures; empty without one */
            case_id: string;
            code: string;
            customer_id: string;
            differs: boolean;
            /** Format: date */
            effective_on: string;
            /** @description After closing: what the verdict says */
            final_code: string;
            /** @description The day cooperation began; empty without a fact */
            first_fact: string;
            meet_code: string;
            meet_score: string;
            met: boolean;
            name: string;
            /** @description Too new for a grade that lasts */
            newcomer: boolean;
            /** @description What followed from facts and judgements when it opened */
            open_code: string;
            open_score: string;
            /** @description The grade of the newest round; empty without one */
            outcome: string;
            owner_name: string;
            rate_code: string;
            rate_score: string;
            rated: boolean;
            review_id: string;
            review_state: string;
            rulebook: string;
            /** @enum {string} */
            state: "waiting" | "draft" | "rated" | "met" | "reopened";
            unit_id: string;
            verdict_id: string;
            /** Format: int64 */
            version_no: number;
        };
        ReviewHistoryViewList: {
            items: components["schemas"]["ReviewHistoryView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ReviewInBody: {
            /** @description The day by which it is looked at again */
            next_on: string;
            note?: string;
        };
        ReviewJudgedView: {
            before: string;
            item: string;
            reason: string;
            value: string;
        };
        ReviewLineView: {
            /** @enum {string} */
            approval: "" | "waiting" | "approved" | "rejected";
            /** @description The grade when the campaign opened */
            before_code: string;
            before_score: string;
            /** @description The newest case that carries the signatures; empty without one */
            case_id: string;
            code: string;
            customer_id: string;
            differs: boolean;
            /** @description After closing: what the verdict says */
            final_code: string;
            /** @description The day cooperation began; empty without a fact */
            first_fact: string;
            meet_code: string;
            meet_score: string;
            met: boolean;
            name: string;
            /** @description Too new for a grade that lasts */
            newcomer: boolean;
            /** @description What followed from facts and judgements when it opened */
            open_code: string;
            open_score: string;
            /** @description The grade of the newest round; empty without one */
            outcome: string;
            owner_name: string;
            rate_code: string;
            rate_score: string;
            rated: boolean;
            /** @enum {string} */
            state: "waiting" | "draft" | "rated" | "met" | "reopened";
            unit_id: string;
            verdict_id: string;
            /** Format: int64 */
            version_no: number;
        };
        ReviewLinesView: {
            items: components["schemas"]["ReviewLineView"][];
            next_cursor?: string;
            /** Format: int64 */
            total: number;
        };
        ReviewMeetView: {
            note?: string;
            /** @description Today when empty */
            on?: string;
            /** @description Who takes part */
            people?: string;
        };
        ReviewNumbersView: {
            /** Format: int64 */
            approved: number;
            /** Format: int64 */
            customers: number;
            /**
             * Format: int64
             * @description The meeting changed what the region said
             */
            differs: number;
            /** Format: int64 */
            draft: number;
            /** @description By the newest round */
            grades: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description The meeting spoke about them
             */
            met: number;
            /** Format: int64 */
            newcomers: number;
            /** Format: int64 */
            rated: number;
            /** Format: int64 */
            rejected: number;
            /** Format: int64 */
            reopened: number;
            /**
             * Format: int64
             * @description For signatures
             */
            waiting: number;
        };
        ReviewOpenView: {
            /** @description Empty for the end of the rulebook's window, or a week from today */
            closes_on?: string;
            /** @description The day from which ratings count; empty for the last day */
            effective_on?: string;
            note?: string;
            /** @description Last day of the first round; empty for the middle of the campaign */
            rate_by?: string;
            rulebook: string;
        };
        ReviewPersonView: {
            id: string;
            name: string;
        };
        ReviewPersonViewList: {
            items: components["schemas"]["ReviewPersonView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ReviewPlannedView: {
            /** Format: date */
            from: string;
            rulebook: string;
            title: components["schemas"]["RuleText"];
            /** Format: date */
            to: string;
        };
        ReviewPlannedViewList: {
            items: components["schemas"]["ReviewPlannedView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ReviewPreviewInBody: {
            values: components["schemas"]["ReviewValueView"][];
        };
        ReviewPreviewView: {
            code: string;
            explanation: components["schemas"]["RuleExplanation"];
            reason: string;
            score: string;
        };
        ReviewRateDealView: {
            /** @description Number of the order or contract */
            document: string;
            /** @description The day of the deal, from which what is judged counts; empty for today */
            on?: string;
            reason: string;
            rulebook: string;
            /** @description Empty for the first */
            scheme?: string;
            values?: components["schemas"]["ReviewValueView"][] | null;
        };
        ReviewReRateView: {
            /** @description Decides on the grade itself; empty lets it follow */
            grade?: string;
            /** @description Needed for a change */
            reason?: string;
            /** @description The items that change */
            values?: components["schemas"]["ReviewValueView"][] | null;
        };
        ReviewReasonInBody: {
            reason: string;
        };
        ReviewRegionView: {
            /** Format: int64 */
            approved: number;
            /** Format: int64 */
            customers: number;
            /**
             * Format: int64
             * @description The meeting changed what the region said
             */
            differs: number;
            /** Format: int64 */
            draft: number;
            /** @description By the newest round */
            grades: {
                [key: string]: number;
            };
            late: boolean;
            /**
             * Format: int64
             * @description The meeting spoke about them
             */
            met: number;
            name: components["schemas"]["RuleText"];
            /** Format: int64 */
            newcomers: number;
            /** Format: int64 */
            rated: number;
            raters: components["schemas"]["ReviewPersonView"][];
            /** Format: int64 */
            rejected: number;
            /** Format: int64 */
            reopened: number;
            /** @description Empty for customers without a unit */
            unit_id: string;
            /**
             * Format: int64
             * @description For signatures
             */
            waiting: number;
        };
        ReviewReopenInBody: {
            reason: string;
        };
        ReviewResultView: {
            /** @enum {string} */
            action: "" | "keep" | "new" | "adjust" | "revoke";
            /** @enum {string} */
            approval: "" | "waiting" | "approved" | "rejected";
            /** @description The grade when the campaign opened */
            before_code: string;
            before_score: string;
            /** @description The newest case that carries the signatures; empty without one */
            case_id: string;
            code: string;
            customer_id: string;
            differs: boolean;
            due_on: string;
            /** @description After closing: what the verdict says */
            final_code: string;
            /** @description The day cooperation began; empty without a fact */
            first_fact: string;
            meet_code: string;
            meet_score: string;
            met: boolean;
            name: string;
            /** @description Too new for a grade that lasts */
            newcomer: boolean;
            note: string;
            /** @description What followed from facts and judgements when it opened */
            open_code: string;
            open_score: string;
            /** @description The grade of the newest round; empty without one */
            outcome: string;
            owner_name: string;
            plan: string;
            rate_code: string;
            rate_score: string;
            rated: boolean;
            sees_to: string;
            sees_to_name: string;
            /** @enum {string} */
            state: "waiting" | "draft" | "rated" | "met" | "reopened";
            unit_id: string;
            verdict_id: string;
            /** Format: int64 */
            version_no: number;
            /**
             * Format: int64
             * @description Version of what was written; 0 for nothing yet
             */
            written: number;
        };
        ReviewResultViewList: {
            items: components["schemas"]["ReviewResultView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ReviewSetResultView: {
            /** @enum {string} */
            action?: "" | "keep" | "new" | "adjust" | "revoke";
            due_on?: string;
            note?: string;
            /** @description The support plan, or what is asked for */
            plan?: string;
            /** @description Id of who sees to it */
            sees_to?: string;
        };
        ReviewSignatureView: {
            agree: boolean;
            /**
             * Format: date-time
             * @description Absent while nobody has decided
             */
            at?: string;
            /** @description Empty while nobody has decided */
            by: string;
            /** @description In whose name; empty for the own */
            for: string;
            opinion: string;
            post: components["schemas"]["RuleText"];
            title: components["schemas"]["RuleText"];
        };
        ReviewStartedView: {
            job_id: string;
            review_id: string;
        };
        ReviewSubmitInBody: {
            customer_ids: string[] | null;
        };
        ReviewValueView: {
            item: string;
            reason?: string;
            /** @description Points as a decimal, or one of the answers */
            value: string;
        };
        ReviewVersionView: {
            /** Format: date-time */
            at: string;
            by: string;
            code: string;
            computed_code: string;
            /** @description The grade itself was decided on */
            decided: boolean;
            /** @description Whose delegate that was; empty for nobody's */
            for: string;
            id: string;
            judged: components["schemas"]["ReviewJudgedView"][];
            note: string;
            /** @enum {string} */
            round: "rate" | "meet";
            score: string;
        };
        ReviewView: {
            clause: string;
            /** Format: date-time */
            closed_at?: string;
            closed_by: string;
            /** Format: date */
            closes_on: string;
            delegations: components["schemas"]["ReviewDelegationView"][];
            /** Format: date */
            effective_on: string;
            id: string;
            late: boolean;
            may_manage: boolean;
            /** @description The reader holds the chair of the meeting */
            may_meet: boolean;
            /** @description The reader rates some of the customers in the first round */
            may_rate: boolean;
            meeting_note: string;
            meeting_on: string;
            meeting_people: string;
            note: string;
            /** Format: date-time */
            opened_at: string;
            /** @description Name; empty when the calendar opened it */
            opened_by: string;
            /** Format: date */
            opens_on: string;
            /** Format: date */
            rate_by: string;
            regions: components["schemas"]["ReviewRegionView"][];
            results: string[];
            rulebook: string;
            rulebook_title: components["schemas"]["RuleText"];
            /** @description The grading that closing made; empty before */
            run_id: string;
            scheme: components["schemas"]["RuleScheme"];
            /** @description The grade that needs signatures; empty for none */
            signed_grade: string;
            /** @enum {string} */
            state: "opening" | "rating" | "meeting" | "closing" | "closed" | "withdrawn";
            steps: components["schemas"]["RuleReviewStep"][];
            title: components["schemas"]["RuleText"];
            /**
             * Format: int64
             * @description Customers that wait for the reader's rating
             */
            to_rate: number;
            /** Format: date */
            today: string;
            totals: components["schemas"]["ReviewNumbersView"];
            version: string;
            /** Format: int64 */
            version_no: number;
        };
        ReviewViewList: {
            items: components["schemas"]["ReviewView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ReviewYoungView: {
            clause: string;
            /** @description What follows today */
            code: string;
            /** @description Newest first */
            deals: components["schemas"]["ReviewDealView"][];
            /** @description The form the rulebook names for deals */
            form: string;
            rulebook: string;
            scheme: string;
            /**
             * Format: date
             * @description The last day on which the grade is provisional
             */
            until: string;
        };
        ReviewYoungViewList: {
            items: components["schemas"]["ReviewYoungView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        RuleAnswer: {
            code: string;
            title: components["schemas"]["RuleText"];
        };
        RuleCaseResult: {
            diffs: components["schemas"]["RuleDiff"][] | null;
            /** Format: int64 */
            line: number;
            name: components["schemas"]["RuleText"];
            passed: boolean;
            procedure?: string;
        };
        RuleCite: {
            assumed: boolean;
            clause: string;
            number: string;
            title: components["schemas"]["RuleText"];
            valid_from: string;
            valid_to: string;
        };
        RuleDecisionBasis: {
            number: string;
            rulebook: string;
            version: string;
        };
        RuleDiff: {
            field: string;
            got: string;
            want: string;
        };
        RuleDistribution: {
            assumed: boolean;
            clause: string;
            to: string[] | null;
            within: string;
        };
        RuleDutyRule: {
            activity: string;
            assumed: boolean;
            /** @description ISO period: P3D */
            before?: string;
            by: string;
            clause: string;
            each_grade?: boolean;
            effort_assumed: boolean;
            escalate?: components["schemas"]["RuleEscalation"];
            every: string;
            evidence: string;
            grades: string[] | null;
            key: string;
            /** Format: int64 */
            minutes: number;
            of?: string;
            of_date?: string;
            on?: string[] | null;
            scheme: string;
            title: components["schemas"]["RuleText"];
            waive_by?: string;
            when: string;
            where?: string;
            /** @description ISO period: P7D */
            within?: string;
            within_working_days?: boolean;
        };
        RuleEscalation: {
            /** @description ISO period after the day that was missed: P3D */
            after: string;
            /** @description Role */
            to: string;
        };
        RuleExplainedBar: {
            clause?: string;
            kind: string;
            title: components["schemas"]["RuleText"];
        };
        RuleExplainedBonus: {
            clause?: string;
            points: string;
            title: components["schemas"]["RuleText"];
        };
        RuleExplainedDecision: {
            basis?: components["schemas"]["RuleDecisionBasis"];
            by: string;
            on: string;
            reason: string;
            title: components["schemas"]["RuleText"];
            until?: string;
            without: string;
        };
        RuleExplainedDormant: {
            clause?: string;
            gave?: boolean;
            title: components["schemas"]["RuleText"];
        };
        RuleExplainedGrade: {
            band: components["schemas"]["RuleText"];
            clause?: string;
            code: string;
            title: components["schemas"]["RuleText"];
            tone: string;
        };
        RuleExplainedGroup: {
            by: string;
            /** Format: int64 */
            customers: number;
            name: string;
            relations?: boolean;
        };
        RuleExplainedHold: {
            bound: components["schemas"]["RuleText"];
            clause?: string;
            margin: string;
            since?: string;
            title: components["schemas"]["RuleText"];
            without: string;
        };
        RuleExplainedInput: {
            assumed?: boolean;
            clause?: string;
            /** Format: int64 */
            converted?: number;
            /** Format: int64 */
            facts: number;
            from?: string;
            group?: components["schemas"]["RuleExplainedGroup"];
            judged?: boolean;
            measure: string;
            missing?: string;
            rates?: components["schemas"]["RuleExplainedRate"][] | null;
            /** Format: int64 */
            rates_more?: number;
            rounded?: boolean;
            title: components["schemas"]["RuleText"];
            to?: string;
            unit?: string;
            value: string;
        };
        RuleExplainedItem: {
            assumed?: boolean;
            band: components["schemas"]["RuleText"];
            clause?: string;
            item: string;
            max: string;
            points: string;
            title: components["schemas"]["RuleText"];
            treatment?: string;
            unit?: string;
            value: string;
        };
        RuleExplainedKeeping: {
            falls_to: string;
            margin?: string;
            title: components["schemas"]["RuleText"];
            unit?: string;
            ways: components["schemas"]["RuleWay"][] | null;
        };
        RuleExplainedLimit: {
            allow: string[] | null;
            clause?: string;
            from?: string;
            title: components["schemas"]["RuleText"];
            to?: string;
        };
        RuleExplainedNext: {
            barred?: components["schemas"]["RuleExplainedBar"][] | null;
            clause?: string;
            code: string;
            missing?: string;
            title: components["schemas"]["RuleText"];
            unit?: string;
            ways: components["schemas"]["RuleWay"][] | null;
        };
        RuleExplainedProposal: {
            clause?: string;
            code: string;
            procedure: string;
            title: components["schemas"]["RuleText"];
        };
        RuleExplainedRate: {
            currency: string;
            from: string;
            rate: string;
        };
        RuleExplainedReason: {
            clause?: string;
            code: string;
            title: components["schemas"]["RuleText"];
        };
        RuleExplainedScheme: {
            clause?: string;
            code: string;
            decided?: boolean;
            grade: components["schemas"]["RuleText"];
            scheme: string;
            title: components["schemas"]["RuleText"];
        };
        RuleExplainedScore: {
            clause?: string;
            max: string;
            scorecard: string;
            title: components["schemas"]["RuleText"];
            value: string;
        };
        RuleExplainedVeto: {
            clause?: string;
            effect: components["schemas"]["RuleText"];
            title: components["schemas"]["RuleText"];
        };
        RuleExplanation: {
            as_of: string;
            bonuses?: components["schemas"]["RuleExplainedBonus"][] | null;
            decided?: components["schemas"]["RuleExplainedDecision"];
            dormant?: components["schemas"]["RuleExplainedDormant"];
            expires_on?: string;
            followed?: string;
            grade?: components["schemas"]["RuleExplainedGrade"];
            held?: components["schemas"]["RuleExplainedHold"];
            inputs: components["schemas"]["RuleExplainedInput"][] | null;
            items?: components["schemas"]["RuleExplainedItem"][] | null;
            keep?: components["schemas"]["RuleExplainedKeeping"];
            limits?: components["schemas"]["RuleExplainedLimit"][] | null;
            next?: components["schemas"]["RuleExplainedNext"];
            proposed?: components["schemas"]["RuleExplainedProposal"];
            provisional?: components["schemas"]["RuleExplainedReason"];
            reason?: components["schemas"]["RuleExplainedReason"];
            rulebook: string;
            scheme?: string;
            schemes?: components["schemas"]["RuleExplainedScheme"][] | null;
            score?: components["schemas"]["RuleExplainedScore"];
            settings?: components["schemas"]["RuleSettingValue"][] | null;
            version: string;
            vetoes?: components["schemas"]["RuleExplainedVeto"][] | null;
        };
        RuleIndicator: {
            assumed: boolean;
            clause: string;
            duty?: string;
            grade?: string;
            key: string;
            measure?: string;
            of: string;
            scheme: string;
            target: string;
            title: components["schemas"]["RuleText"];
            unit: string;
        };
        RuleIssued: {
            assumed: boolean;
            clause: string;
            number: string;
            on: string;
        };
        RuleLabel: {
            code: string;
            graded: boolean;
            title: components["schemas"]["RuleText"];
            tone: string;
        };
        RuleProblem: {
            clause: string;
            code: string;
            /** Format: int64 */
            column: number;
            file: string;
            /** Format: int64 */
            line: number;
            message: components["schemas"]["RuleText"];
            remedy: components["schemas"]["RuleText"];
            severity: string;
        };
        RuleReport: {
            assumed: boolean;
            by: string;
            clause: string;
            content: string[] | null;
            /** Format: int64 */
            due_day: number;
            every: string;
            key: string;
            /** Format: int64 */
            repeat_days: number;
            title: components["schemas"]["RuleText"];
            to: string[] | null;
        };
        RuleReviewStep: {
            as: string;
            at_first: string;
            between: string;
            by: string;
            chain: string[] | null;
            clause: string;
            do: string;
            form: string;
            grade: string;
            of: string;
            procedure: string;
            scheme: string;
        };
        RuleRole: {
            aliases?: string[] | null;
            name: string;
            title: components["schemas"]["RuleText"];
        };
        RuleScheme: {
            id: string;
            labels: components["schemas"]["RuleLabel"][] | null;
            score_unit: string;
            title: components["schemas"]["RuleText"];
        };
        RuleSettingValue: {
            assumed?: boolean;
            clause?: string;
            name: string;
            title: components["schemas"]["RuleText"];
            value: string;
        };
        RuleText: {
            en: string;
            zh: string;
        };
        RuleUnreached: {
            clause: string;
            kind: string;
            /** Format: int64 */
            line: number;
            message: components["schemas"]["RuleText"];
            ref: string;
        };
        RuleWay: {
            bound: components["schemas"]["RuleText"];
            clause?: string;
            enough: boolean;
            input: string;
            missing?: string;
            points?: string;
            title: components["schemas"]["RuleText"];
            unit?: string;
            value: string;
        };
        RulebookAdoptView: {
            /** @description YYYY-MM-DD, today when empty; an earlier day only where nothing was in force yet */
            effective_from?: string;
            note?: string;
            settings?: {
                [key: string]: string;
            };
            /** @description Empty for the newest */
            version?: string;
        };
        RulebookAdoptionView: {
            /** Format: date-time */
            adopted_at: string;
            /** @description Name of the person, or empty for the system */
            adopted_by: string;
            /** Format: date */
            effective_from: string;
            /** @description The last day; empty while nothing follows; before effective_from when a later decision replaced it for the same day */
            effective_to: string;
            id: string;
            note: string;
            /** @description Only where the company differs from the defaults */
            settings: {
                [key: string]: string;
            };
            version: string;
        };
        RulebookArticleCoverage: {
            /** @description What carries it out and is exercised */
            by: string[];
            number: string;
            /** @enum {string} */
            state: "implemented" | "missing" | "advice";
            title: components["schemas"]["RuleText"];
        };
        RulebookCarriedView: {
            /** @description Section of the rulebook: measures, scorecards, grades, duties ... */
            kind: string;
            /** Format: int64 */
            line: number;
            /** @description Where it stands, such as measures.sales_12m */
            ref: string;
            /** @description As written in the rulebook */
            text: string;
        };
        RulebookCasesView: {
            cases: components["schemas"]["RuleCaseResult"][];
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            passed: number;
            unreached: components["schemas"]["RuleUnreached"][];
        };
        RulebookChangeView: {
            after: string;
            before: string;
            /** @enum {string} */
            kind: "added" | "removed" | "changed" | "moved";
            /**
             * Format: int64
             * @description In the draft; in the version when removed
             */
            line: number;
            /** @description Where: settings.visit_a.value */
            ref: string;
            /** @description settings, measures, grades ... */
            section: string;
        };
        RulebookClauseChangeView: {
            after?: components["schemas"]["RulebookClauseTextView"];
            before?: components["schemas"]["RulebookClauseTextView"];
            /** @enum {string} */
            kind: "added" | "removed" | "changed";
            number: string;
        };
        RulebookClauseTextView: {
            kind: string;
            text: components["schemas"]["RuleText"];
            title: components["schemas"]["RuleText"];
        };
        RulebookClauseView: {
            implemented_by: components["schemas"]["RulebookCarriedView"][];
            kind: string;
            number: string;
            text: components["schemas"]["RuleText"];
            title: components["schemas"]["RuleText"];
        };
        RulebookClauseViewList: {
            items: components["schemas"]["RulebookClauseView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        RulebookConfirmView: {
            version: string;
        };
        RulebookCoverage: {
            /** Format: int64 */
            advice: number;
            /** Format: int64 */
            clauses: number;
            /** Format: int64 */
            exercised: number;
            /** Format: int64 */
            implemented: number;
            /** Format: int64 */
            missing: number;
            regulations: components["schemas"]["RulebookRegulationCoverage"][];
        };
        RulebookDiffLine: {
            /** @enum {string} */
            op: " " | "+" | "-";
            text: string;
        };
        RulebookDiffView: {
            changes: components["schemas"]["RulebookChangeView"][];
            clauses: components["schemas"]["RulebookClauseChangeView"][];
            files: components["schemas"]["RulebookFileDiff"][];
            /** @description The version; empty when there is none to compare with */
            from: string;
            /**
             * @description patch: words and examples; minor: figures and further parts; major: grades, scope, parts that are gone
             * @enum {string}
             */
            level: "none" | "patch" | "minor" | "major";
            /** @description A free number that suits the level */
            suggested_version: string;
            /** @description The number the draft has */
            to: string;
        };
        RulebookDraftCreateView: {
            files?: {
                [key: string]: string;
            };
            from?: components["schemas"]["RulebookDraftFromView"];
            /** @description A new rulebook that passes its check */
            template?: components["schemas"]["RulebookDraftTemplateView"];
        };
        RulebookDraftFromView: {
            rulebook: string;
            /** @description Empty for the one in force, else the newest */
            version?: string;
        };
        RulebookDraftItemView: {
            /** @description The version it began from, or empty */
            based_on: string;
            /** Format: date-time */
            created_at: string;
            created_by: string;
            id: string;
            /**
             * Format: int64
             * @description What If-Match wants, as an ETag
             */
            revision: number;
            /** @description Id as written; empty while the text was never readable */
            rulebook: string;
            title: components["schemas"]["RuleText"];
            /** Format: date-time */
            updated_at: string;
            updated_by: string;
            /** @description Number as written */
            version: string;
        };
        RulebookDraftItemViewList: {
            items: components["schemas"]["RulebookDraftItemView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        RulebookDraftTemplateView: {
            /** @description Lower-case letters, digits, hyphens */
            id: string;
            title: components["schemas"]["RuleText"];
        };
        RulebookDraftView: {
            /** @description The version it began from, or empty */
            based_on: string;
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /** @description Name of the file to its text */
            files: {
                [key: string]: string;
            };
            id: string;
            /**
             * Format: int64
             * @description What If-Match wants, as an ETag
             */
            revision: number;
            /** @description Id as written; empty while the text was never readable */
            rulebook: string;
            title: components["schemas"]["RuleText"];
            /** Format: date-time */
            updated_at: string;
            updated_by: string;
            /** @description Number as written */
            version: string;
        };
        RulebookFileDiff: {
            /** Format: int64 */
            added: number;
            file: string;
            hunks: components["schemas"]["RulebookHunk"][];
            /** Format: int64 */
            removed: number;
        };
        RulebookFilesView: {
            /** @description Name of the file to its text */
            files: {
                [key: string]: string;
            };
        };
        RulebookHunk: {
            /** Format: int64 */
            from_line: number;
            lines: components["schemas"]["RulebookDiffLine"][];
            /** Format: int64 */
            to_line: number;
        };
        RulebookInitCasesView: {
            /** @description YAML to append to cases.yaml; each case is to be confirmed by its author. Empty when nothing is missing */
            cases: string;
        };
        RulebookItemView: {
            /** Format: int64 */
            cases_failed: number;
            /** Format: int64 */
            cases_passed: number;
            /**
             * Format: int64
             * @description Of the version in force, else of the newest
             */
            errors: number;
            id: string;
            /** @description What is in force today */
            in_force?: components["schemas"]["RulebookAdoptionView"];
            /** @description A newer version than the one in force is known */
            newer_available: boolean;
            newest_version: string;
            /** @description What will take effect next */
            next?: components["schemas"]["RulebookAdoptionView"];
            /** @enum {string} */
            origin: "shipped" | "own";
            scheme: components["schemas"]["RuleScheme"];
            /** @enum {string} */
            state: "in_force" | "scheduled" | "not_adopted";
            title: components["schemas"]["RuleText"];
            /** Format: int64 */
            warnings: number;
        };
        RulebookItemViewList: {
            items: components["schemas"]["RulebookItemView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        RulebookOutlineView: {
            clauses: components["schemas"]["RulebookClauseView"][];
            duties: components["schemas"]["RuleDutyRule"][];
            owner: components["schemas"]["RuleText"];
            /** @description false: the check finds errors in reading it, and the rest is what could be read */
            readable: boolean;
            roles: components["schemas"]["RuleRole"][];
            rulebook: string;
            scheme: components["schemas"]["RuleScheme"];
            settings: components["schemas"]["RulebookSettingView"][];
            title: components["schemas"]["RuleText"];
            version: string;
        };
        RulebookProblemsView: {
            problems: components["schemas"]["RuleProblem"][];
        };
        RulebookPublishView: {
            /** @description Written into the text first; empty for the number as written */
            version?: string;
        };
        RulebookReaderView: {
            id: string;
            name: string;
            /**
             * Format: date-time
             * @description Absent while it was not confirmed
             */
            read_at?: string;
            roles: string[];
        };
        RulebookReadershipView: {
            /** @description Empty when no day is set */
            due_on: string;
            /** Format: date */
            effective_from: string;
            /** Format: int64 */
            open: number;
            overdue: boolean;
            /** @description Those who have not read it first */
            people: components["schemas"]["RulebookReaderView"][];
            /** Format: int64 */
            read: number;
            rulebook: string;
            title: components["schemas"]["RuleText"];
            version: string;
        };
        RulebookReceiptView: {
            /** @description Empty when no day is set */
            due_on: string;
            /** Format: date */
            effective_from: string;
            overdue: boolean;
            rulebook: string;
            title: components["schemas"]["RuleText"];
            version: string;
        };
        RulebookReceiptViewList: {
            items: components["schemas"]["RulebookReceiptView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        RulebookRegulationCoverage: {
            /**
             * Format: int64
             * @description Nothing a program could do
             */
            advice: number;
            /** @description The rulebook's own clauses, for people; catalogue ids are for machines */
            articles: components["schemas"]["RulebookArticleCoverage"][];
            /**
             * Format: int64
             * @description Of the catalogue
             */
            clauses: number;
            /**
             * Format: int64
             * @description Clauses that a passing example or a named test exercises, advice among them
             */
            exercised: number;
            id: string;
            /**
             * Format: int64
             * @description Carried out and exercised, without advice
             */
            implemented: number;
            /** @description Catalogue ids of what is not carried out, or not proved */
            missing: string[];
            /** @description The rulebook that carries most of it; empty while there is none */
            rulebook: string;
            /** @description Of the rulebook */
            title: components["schemas"]["RuleText"];
            version: string;
        };
        RulebookRequestView: {
            /** @description The case that decides on it; empty when it was asked before cases did */
            case_id: string;
            /** Format: date-time */
            decided_at?: string;
            decided_by: string;
            /** @description Empty for the day of the decision */
            effective_from: string;
            id: string;
            /** @description Asked by whoever reads this */
            mine: boolean;
            note: string;
            reason: string;
            /** Format: date-time */
            requested_at: string;
            requested_by: string;
            rulebook: string;
            settings: {
                [key: string]: string;
            };
            /** @enum {string} */
            state: "open" | "approved" | "refused" | "withdrawn";
            version: string;
        };
        RulebookRequestViewList: {
            items: components["schemas"]["RulebookRequestView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        RulebookReturnView: {
            note?: string;
            /** @description Empty for what was in force before */
            version?: string;
        };
        RulebookSettingView: {
            /** @description The default is not in the text of the regulation */
            assumed: boolean;
            /** @description The company's value differs from the default */
            changed: boolean;
            choices: string[];
            clause: string;
            default: string;
            name: string;
            title: components["schemas"]["RuleText"];
            /** @enum {string} */
            type: "text" | "integer" | "decimal" | "percent" | "period" | "boolean" | "choice";
            /** @description The company's value, or the default */
            value: string;
        };
        RulebookVersionView: {
            /** Format: date-time */
            created_at: string;
            created_by: string;
            digest: string;
            /** @enum {string} */
            origin: "shipped" | "own";
            title: components["schemas"]["RuleText"];
            version: string;
        };
        RulebookView: {
            /** @description The role of this organisation that adopts it; empty: whoever holds rulebook.adopt */
            adopted_by: string;
            adoptions: components["schemas"]["RulebookAdoptionView"][];
            /** @description A procedure in force decides on adoptions: a version is sent for adoption */
            by_case: boolean;
            /** Format: int64 */
            cases_failed: number;
            /** Format: int64 */
            cases_passed: number;
            /** @description Rules it refers to, with their own validity */
            cites: components["schemas"]["RuleCite"][];
            /** @description Who has to read it, and within which time */
            distribution?: components["schemas"]["RuleDistribution"];
            duties: components["schemas"]["RuleDutyRule"][];
            /**
             * Format: int64
             * @description Of the version in force, else of the newest
             */
            errors: number;
            id: string;
            /** @description What is in force today */
            in_force?: components["schemas"]["RulebookAdoptionView"];
            indicators: components["schemas"]["RuleIndicator"][];
            /** @description Number and day of issue */
            issued?: components["schemas"]["RuleIssued"];
            /** @description Whoever reads this may adopt a version, or put one back while a case decides on adoptions */
            may_adopt: boolean;
            /** @description A newer version than the one in force is known */
            newer_available: boolean;
            newest_version: string;
            /** @description What will take effect next */
            next?: components["schemas"]["RulebookAdoptionView"];
            /** @enum {string} */
            origin: "shipped" | "own";
            owner: components["schemas"]["RuleText"];
            reports: components["schemas"]["RuleReport"][];
            roles: components["schemas"]["RuleRole"][];
            scheme: components["schemas"]["RuleScheme"];
            settings: components["schemas"]["RulebookSettingView"][];
            /** @enum {string} */
            state: "in_force" | "scheduled" | "not_adopted";
            title: components["schemas"]["RuleText"];
            versions: components["schemas"]["RulebookVersionView"][];
            /** Format: int64 */
            warnings: number;
        };
        SaveInputBody: {
            import_id: string;
            name: string;
        };
        SegmentCustomerView: {
            code: string;
            id: string;
            name: string;
        };
        SegmentGroup: {
            /** @description Conditions of the customer list, written field:op:value,value */
            conditions: string[];
            /** @description Conditions over measures worked out from facts */
            measures: components["schemas"]["SegmentMeasure"][];
        };
        SegmentJobView: {
            job_id: string;
        };
        SegmentMeasure: {
            /** @description Lower bound, excluded */
            above?: string;
            /** @description Lower bound, included */
            at_least?: string;
            /** @description Upper bound, included */
            at_most?: string;
            /** @description Upper bound, excluded */
            below?: string;
            /**
             * @description What is worked out
             * @enum {string}
             */
            do: "sum" | "count" | "average" | "min" | "max" | "last" | "distinct" | "days_since";
            /** @description amount, quantity or a numeric field; document, product, date or month for distinct; first or last for days_since; empty for count */
            field?: string;
            /** @description Kinds of facts that are read */
            of: string[];
            /** @description Currency of an amount */
            unit?: string;
            /** @description Condition a fact must meet, as in a rulebook: status == "shipped" */
            where?: string;
            /** @description ISO period up to the day of the refresh (P12M), year, last_year, or empty for the whole history */
            window?: string;
        };
        SegmentPreviewView: {
            /**
             * Format: int64
             * @description Those you may see
             */
            count: number;
            /** @description Some of them */
            customers: components["schemas"]["SegmentCustomerView"][];
        };
        SegmentView: {
            archived: boolean;
            /** @description Name of the person, empty for the system */
            created_by: string;
            /** @description You made it, or administer the system; others use it as it is */
            editable: boolean;
            /** @description A customer that meets one of them belongs; none for a static segment */
            groups: components["schemas"]["SegmentGroup"][];
            id: string;
            /**
             * Format: int64
             * @description Those you may see
             */
            members: number;
            /** @enum {string} */
            mode: "static" | "dynamic";
            name: string;
            note: string;
            /** Format: date-time */
            refreshed_at: string | null;
            /** @description The day the conditions were worked out for; empty before the first time */
            refreshed_on: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        SegmentViewList: {
            items: components["schemas"]["SegmentView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        SegmentWrite: {
            /** @description Of a dynamic segment: a customer that meets one of them belongs */
            groups?: components["schemas"]["SegmentGroup"][] | null;
            /** @enum {string} */
            mode: "static" | "dynamic";
            name: string;
            note?: string;
        };
        SessionInBody: {
            login: string;
            password: string;
        };
        SetInBody: {
            items: components["schemas"]["RateWrite"][] | null;
        };
        SetupInBody: {
            login: string;
            name: string;
            password: string;
            /** @description From the set-up link in the server's log */
            token: string;
        };
        SolutionInBody: {
            /**
             * @description The language the case is written in
             * @enum {string}
             */
            lang: "zh" | "en";
        };
        TestInBody: {
            /** @description Address of yours */
            to: string;
        };
        TokenInBody: {
            name: string;
        };
        UnitInBody: {
            code: string;
            name_en?: string;
            name_zh: string;
            parent_id?: string;
        };
        UserColleagueView: {
            active: boolean;
            id: string;
            name: string;
            unit_id: string;
        };
        UserColleagueViewList: {
            items: components["schemas"]["UserColleagueView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        UserMe: {
            email: string;
            id: string;
            /** @enum {string} */
            locale: "zh" | "en";
            login: string;
            must_change_password: boolean;
            name: string;
            /** @description Permission to reach: own, unit or all */
            permissions: {
                [key: string]: string;
            };
            prefs: {
                [key: string]: unknown;
            };
            roles: string[];
            /** @enum {string} */
            theme: "system" | "light" | "dark";
            unit: components["schemas"]["UserUnitView"] | null;
        };
        UserRoleView: {
            name: string;
            permissions: {
                [key: string]: string;
            };
        };
        UserRoleViewList: {
            items: components["schemas"]["UserRoleView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        UserSessionView: {
            address: string;
            agent: string;
            /** Format: date-time */
            created_at: string;
            id: string;
            /** Format: date-time */
            seen_at: string;
        };
        UserSessionViewList: {
            items: components["schemas"]["UserSessionView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        UserSetupState: {
            /** @description No user exists yet */
            needed: boolean;
        };
        UserTokenView: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            id: string;
            name: string;
            /** @description Shown once */
            secret?: string;
            /** Format: date-time */
            used_at: string | null;
        };
        UserTokenViewList: {
            items: components["schemas"]["UserTokenView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        UserUnitView: {
            code: string;
            id: string;
            name_en: string;
            name_zh: string;
            /** @description Empty at the top */
            parent_id: string;
        };
        UserUnitViewList: {
            items: components["schemas"]["UserUnitView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        UserView: {
            /** Format: date-time */
            created_at: string;
            email: string;
            id: string;
            locale: string;
            login: string;
            must_change_password: boolean;
            name: string;
            roles: string[];
            /** @enum {string} */
            state: "active" | "disabled";
            unit_id: string;
            /** Format: int64 */
            version: number;
        };
        UserViewList: {
            items: components["schemas"]["UserView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        UserWrite: {
            email?: string;
            /** @enum {string} */
            locale?: "zh" | "en";
            login?: string;
            must_change_password?: boolean;
            name?: string;
            password?: string;
            roles?: string[];
            /** @enum {string} */
            state?: "active" | "disabled";
            /** @description Empty for none */
            unit_id?: string;
        };
        V2FormFile: {
            ContentType: string;
            Filename: string;
            IsSet: boolean;
            /** Format: int64 */
            Size: number;
        };
        ViewRow: {
            /** @description The page opens with it */
            default: boolean;
            id: string;
            mine: boolean;
            name: string;
            owner_name: string;
            page: string;
            /** @description What the page saved: filters, sort, columns */
            query: unknown;
            shared: boolean;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        ViewRowList: {
            items: components["schemas"]["ViewRow"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        ViewWrite: {
            default?: boolean;
            name?: string;
            /** @description Only when creating: customers, duties, verdicts, imports */
            page?: string;
            query?: unknown;
            shared?: boolean;
        };
        VisitActBody: {
            /**
             * Format: int64
             * @description arrive: metres
             */
            accuracy_m?: number;
            /** @enum {string} */
            act: "ask" | "confirm" | "set_out" | "arrive" | "report" | "move" | "cancel";
            /** @description set_out, arrive, report: the moment it happened, RFC 3339; empty = now. A phone that was offline sends the moment it kept, at most seven days back */
            at?: string;
            /** @description report: what the customer had to say about us */
            feedback?: string;
            /** @description arrive, report: ids of files uploaded before by the same person */
            files?: string[] | null;
            /** @description move: HH:MM */
            from?: string;
            /** @description arrive: the customer is found here */
            keep_place?: boolean;
            /** @description report: needed when the visit took place before its duty's window */
            late_reason?: string;
            /** @description report: whom they met */
            met?: string;
            /** @description report: the day agreed for the next visit */
            next_on?: string;
            /** @description move: the new day */
            on?: string;
            /** @description cancel: why */
            reason?: string;
            /** @description report: what happened */
            report?: string;
            /** @description move: HH:MM */
            to?: string;
            /** @description arrive: where */
            where?: components["schemas"]["VisitSpotView"];
        };
        VisitAgendaView: {
            days: components["schemas"]["VisitDayView"][];
            /** @description Not done, due on these days, and no visit is planned for them */
            duties: components["schemas"]["DutyView"][];
            /** @description There is more than is given (400 visits, 400 duties) */
            more: boolean;
            today: string;
            /** @description By day; cancelled ones are left out */
            visits: components["schemas"]["VisitView"][];
        };
        VisitArrival: {
            /**
             * Format: int64
             * @description Metres
             */
            accuracy_m: number;
            /** @description RFC 3339, by the phone's clock */
            at: string;
            /**
             * Format: int64
             * @description Metres from the customer's place, null when unknown
             */
            distance_m: number | null;
            /** @description When we heard of it, RFC 3339; later where the phone had no network, empty for a visit of an older version */
            told_at: string;
            /** @description Null when the phone did not know */
            where: components["schemas"]["VisitSpotView"] | null;
        };
        VisitCallBody: {
            /** @description RFC 3339; needed with call_again */
            again_at?: string;
            /** @description RFC 3339; empty = now */
            at?: string;
            /** @description The duty it is for; kept when somebody was reached */
            duty_id?: string;
            /** @description The customer rang */
            inward?: boolean;
            /** @description Needed when somebody was reached */
            note?: string;
            /** @enum {string} */
            outcome: "reached" | "not_reached" | "call_again";
            phone?: string;
            whom?: string;
        };
        VisitCallView: {
            /** @description RFC 3339, empty when not agreed */
            again_at: string;
            /** @description Nobody has rung again yet */
            again_open: boolean;
            /** @description RFC 3339 */
            at: string;
            by_id: string;
            by_name: string;
            customer: components["schemas"]["VisitCustomerView"];
            /** @description The duty it was for, empty when none */
            duty_id: string;
            fact_id: string;
            id: string;
            /** @description The customer rang */
            inward: boolean;
            note: string;
            /** @enum {string} */
            outcome: "reached" | "not_reached" | "call_again";
            phone: string;
            whom: string;
        };
        VisitCallViewList: {
            items: components["schemas"]["VisitCallView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        VisitCustomerView: {
            address: string;
            code: string;
            id: string;
            name: string;
            /** @description Where the customer is found on the map, null when unknown */
            place: components["schemas"]["VisitSpotView"] | null;
            /** @description Division code, empty when unknown */
            region: string;
        };
        VisitDayView: {
            /** @description The one person whose agenda it is, is absent */
            away: boolean;
            /** @description Of a holiday or a make-up working day, empty on ordinary days */
            name: components["schemas"]["DutyTextView"];
            on: string;
            working: boolean;
        };
        VisitDutyView: {
            clause: string;
            due_on: string;
            id: string;
            title_en: string;
            title_zh: string;
            /** @description A visit before this day needs a reason */
            window_from: string;
        };
        VisitFileView: {
            id: string;
            media_type: string;
            name: string;
            /** @enum {string} */
            part: "arrival" | "report";
            /**
             * Format: int64
             * @description Bytes
             */
            size: number;
        };
        VisitNotProposedView: {
            duty: components["schemas"]["DutyView"];
            /**
             * @description No day of the week is one of its days, or those that are, are full
             * @enum {string}
             */
            why: "no_day" | "no_room";
        };
        VisitPlanBody: {
            customer_id: string;
            /** @description The duty it keeps */
            duty_id?: string;
            /** @description HH:MM; empty with to = no time agreed */
            from?: string;
            /** @description Nobody sets out before the customer agreed */
            needs_appointment?: boolean;
            /** @description YYYY-MM-DD */
            on: string;
            ours?: string[] | null;
            /** @description Who goes; empty = the acting person */
            owner_id?: string;
            place?: string;
            purpose: string;
            theirs?: string[] | null;
            /** @description HH:MM */
            to?: string;
        };
        VisitProposalView: {
            customer: components["schemas"]["VisitCustomerView"];
            duty: components["schemas"]["DutyView"];
            /**
             * @description How close the closest other stop of the day is
             * @enum {string}
             */
            near: "street" | "district" | "city" | "none";
            /**
             * Format: int64
             * @description Metres to that customer, null when a place is not known
             */
            near_m: number | null;
            /** @description The customer of that stop, empty when none is near */
            near_to: string;
            /** @description Its last day has passed */
            overdue: boolean;
        };
        VisitSpotView: {
            /**
             * Format: int64
             * @description Latitude in millionths of a degree (WGS 84)
             */
            lat_e6: number;
            /**
             * Format: int64
             * @description Longitude in millionths of a degree (WGS 84)
             */
            lon_e6: number;
        };
        VisitView: {
            arrival: components["schemas"]["VisitArrival"] | null;
            customer: components["schemas"]["VisitCustomerView"];
            /** @description When the report came in; RFC 3339 or empty */
            done_at: string;
            /** @description The duty it keeps, null when none */
            duty: components["schemas"]["VisitDutyView"] | null;
            fact_id: string;
            feedback: string;
            /** @description Only where one visit is read */
            files: components["schemas"]["VisitFileView"][];
            /** @description HH:MM, empty when no time was agreed */
            from: string;
            id: string;
            /** @description Acts the acting person may do now */
            may: string[];
            met: string;
            needs_appointment: boolean;
            next_on: string;
            on: string;
            /** @description Names of who goes along */
            ours: string[];
            /** @description Who goes */
            owner_id: string;
            owner_name: string;
            place: string;
            purpose: string;
            /** @description Of a cancellation */
            reason: string;
            report: string;
            /** @description When the report was written, by the phone's clock; RFC 3339 or empty */
            reported_at: string;
            /** @enum {string} */
            state: "planned" | "asked" | "confirmed" | "under_way" | "arrived" | "done" | "cancelled";
            /** @description Names of whom they want to meet */
            theirs: string[];
            /** @description HH:MM */
            to: string;
        };
        VisitViewList: {
            items: components["schemas"]["VisitView"][];
            /** @description Empty on the last page */
            next_cursor: string;
        };
        VisitWeekDayView: {
            /** @description The one person whose agenda it is, is absent */
            away: boolean;
            /** @description Visits that stand */
            fixed: components["schemas"]["VisitView"][];
            /** @description Of a holiday or a make-up working day, empty on ordinary days */
            name: components["schemas"]["DutyTextView"];
            on: string;
            /** @description In the order in which they lie */
            proposed: components["schemas"]["VisitProposalView"][];
            working: boolean;
        };
        VisitWeekView: {
            /** @description Monday to Sunday */
            days: components["schemas"]["VisitWeekDayView"][];
            left: components["schemas"]["VisitNotProposedView"][];
            /** @description More duties are owed than were looked at */
            more: boolean;
            today: string;
        };
        WithdrawInBody: {
            reason: string;
        };
        WorkbenchBirthdayView: {
            contact_id: string;
            customer_id: string;
            customer_name: string;
            name: string;
            /** @description The day it is kept this year */
            on: string;
            phone: string;
            title: string;
        };
        WorkbenchGapsView: {
            /** Format: int64 */
            without_owner: number;
            /** Format: int64 */
            without_verdict: number;
        };
        WorkbenchGradeView: {
            /** @description Empty = no grade */
            code: string;
            /** Format: int64 */
            customers: number;
            scheme: string;
        };
        WorkbenchImportView: {
            /** @description RFC 3339 */
            at: string;
            error_code: string;
            file_name: string;
            id: string;
            state: string;
            target: string;
        };
        WorkbenchJobView: {
            /** @description RFC 3339 */
            at: string;
            /** Format: int64 */
            done: number;
            error_code: string;
            id: string;
            kind: string;
            state: string;
            /**
             * Format: int64
             * @description 0 when not known
             */
            total: number;
        };
        WorkbenchMovementView: {
            as_of: string;
            /** @description Of the customer */
            code: string;
            customer_id: string;
            /** @enum {string} */
            direction: "up" | "down";
            from: string;
            /** @description Of the customer */
            name: string;
            rulebook: string;
            run_id: string;
            scheme: string;
            to: string;
        };
        WorkbenchView: {
            birthdays: components["schemas"]["WorkbenchBirthdayView"][];
            /** @description Of the person's own duties */
            counts: components["schemas"]["DutyCountsView"];
            /** @description Due up to next_day, at most 20; empty when today is a working day */
            due_next: components["schemas"]["DutyView"][];
            /** @description At most 20 */
            due_today: components["schemas"]["DutyView"][];
            /** @description From tomorrow, or the day after next_day, to Sunday; at most 20 */
            due_week: components["schemas"]["DutyView"][];
            /** @description Only for those who look after more than their own customers */
            gaps: components["schemas"]["WorkbenchGapsView"] | null;
            /** @description Customers of the person per grade */
            grades: components["schemas"]["WorkbenchGradeView"][];
            imports: components["schemas"]["WorkbenchImportView"][];
            jobs: components["schemas"]["WorkbenchJobView"][];
            /** @description Of the last 90 days, newest first */
            movements: components["schemas"]["WorkbenchMovementView"][];
            /** @description The next working day when today is a day off, else empty */
            next_day: string;
            /** @description Oldest first, at most 20 */
            overdue: components["schemas"]["DutyView"][];
            today: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "list-absences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureAbsenceViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "enter-absence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProcedureAbsenceBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureAbsenceView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "end-absence": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-adoption-requests": {
        parameters: {
            query?: {
                rulebook?: string;
                state?: "" | "open" | "approved" | "refused" | "withdrawn";
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookRequestViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-adoption-request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookRequestView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-articles": {
        parameters: {
            query?: {
                /** @description Words of titles, texts and tags; pinyin and initials of titles and tags */
                q?: string;
                /** @description draft, published, withdrawn; separated by commas */
                state?: string[] | null;
                /** @description internal, public */
                audience?: string[] | null;
                /** @description One of them */
                tag?: string[] | null;
                /** @description Ids, or me */
                keeper?: string[] | null;
                /** @description due = published, and the day of the review has come */
                review?: "due";
                /** @description Without a text in this language */
                lacks?: "zh" | "en";
                sort?: "updated" | "-updated" | "title" | "-title" | "uses" | "-uses" | "review" | "-review";
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleItemViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-article": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArticleWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-articles": {
        parameters: {
            query?: {
                /** @description Words of titles, texts and tags; pinyin and initials of titles and tags */
                q?: string;
                /** @description draft, published, withdrawn; separated by commas */
                state?: string[] | null;
                /** @description internal, public */
                audience?: string[] | null;
                /** @description One of them */
                tag?: string[] | null;
                /** @description Ids, or me */
                keeper?: string[] | null;
                /** @description due = published, and the day of the review has come */
                review?: "due";
                /** @description Without a text in this language */
                lacks?: "zh" | "en";
                sort?: "updated" | "-updated" | "title" | "-title" | "uses" | "-uses" | "review" | "-review";
                /** @description zip = one Markdown file for each article and language */
                format?: "json" | "zip";
                /** @description Language of the file's name */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-article-tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleTagViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-article": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "update-article": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArticleWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-article-cases": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleUsedView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "publish-article": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "review-article": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-article-history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleHistoryView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-article-version": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                no: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleVersionView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-article": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-audit": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                entity?: string;
                entity_id?: string;
                action?: string;
                /** @description Who did it; 0 = the program itself */
                actor_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "verify-audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerified"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-calls": {
        parameters: {
            query?: {
                /** @description Id */
                customer?: string;
                /** @description Only those the acting person logged */
                mine?: boolean;
                /** @description Only those to be made again, the next first */
                again?: boolean;
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitCallViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-greetings": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                /** @description Due on or after this day */
                from?: string;
                /** @description Due on or before this day */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CareGreetingViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-greetings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CareSendBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CareOutcomeViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-cases": {
        parameters: {
            query?: {
                /** @description Separated by commas */
                kind?: string[] | null;
                procedure?: string[] | null;
                /** @description running, paused, ended, withdrawn; separated by commas */
                status?: string[] | null;
                class?: string[] | null;
                outcome?: string[] | null;
                channel?: string[] | null;
                /** @description A step that is open */
                step?: string;
                /** @description Ids, me, or none */
                owner?: string[] | null;
                unit?: string[] | null;
                /** @description Id */
                customer?: string;
                /** @description What an approval is about, as noun:id */
                subject?: string;
                /** @description Some limit has passed */
                overdue?: boolean;
                /** @description Nobody can act on an open seat */
                stuck?: boolean;
                /** @description Begun or owned by the acting person, or waiting for that person */
                mine?: boolean;
                /** @description Number, words of the title, name, code or phone of the customer or of who called; the beginning of a word, the end of a number, pinyin of the customer */
                q?: string;
                /** @description Received on or after this day */
                from?: string;
                /** @description Received on or before this day */
                to?: string;
                sort?: "due" | "newest";
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureCaseViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "start-case": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProcedureStartBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureRecordView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "count-cases": {
        parameters: {
            query?: {
                /** @description Separated by commas */
                kind?: string[] | null;
                procedure?: string[] | null;
                /** @description running, paused, ended, withdrawn; separated by commas */
                status?: string[] | null;
                class?: string[] | null;
                outcome?: string[] | null;
                channel?: string[] | null;
                /** @description A step that is open */
                step?: string;
                /** @description Ids, me, or none */
                owner?: string[] | null;
                unit?: string[] | null;
                /** @description Id */
                customer?: string;
                /** @description What an approval is about, as noun:id */
                subject?: string;
                /** @description Some limit has passed */
                overdue?: boolean;
                /** @description Nobody can act on an open seat */
                stuck?: boolean;
                /** @description Begun or owned by the acting person, or waiting for that person */
                mine?: boolean;
                /** @description Number, words of the title, name, code or phone of the customer or of who called; the beginning of a word, the end of a number, pinyin of the customer */
                q?: string;
                /** @description Received on or after this day */
                from?: string;
                /** @description Received on or before this day */
                to?: string;
                sort?: "due" | "newest";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureCaseCountView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-cases": {
        parameters: {
            query?: {
                /** @description Separated by commas */
                kind?: string[] | null;
                procedure?: string[] | null;
                /** @description running, paused, ended, withdrawn; separated by commas */
                status?: string[] | null;
                class?: string[] | null;
                outcome?: string[] | null;
                channel?: string[] | null;
                /** @description A step that is open */
                step?: string;
                /** @description Ids, me, or none */
                owner?: string[] | null;
                unit?: string[] | null;
                /** @description Id */
                customer?: string;
                /** @description What an approval is about, as noun:id */
                subject?: string;
                /** @description Some limit has passed */
                overdue?: boolean;
                /** @description Nobody can act on an open seat */
                stuck?: boolean;
                /** @description Begun or owned by the acting person, or waiting for that person */
                mine?: boolean;
                /** @description Number, words of the title, name, code or phone of the customer or of who called; the beginning of a word, the end of a number, pinyin of the customer */
                q?: string;
                /** @description Received on or after this day */
                from?: string;
                /** @description Received on or before this day */
                to?: string;
                sort?: "due" | "newest";
                format?: "csv" | "xlsx";
                /** @description Language of the headings and words */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-case": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureRecordView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "act-on-case": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProcedureActBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureRecordView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-case-articles": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleForCaseView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "attach-article": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleForCaseView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "save-case-solution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SolutionInBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "detach-article": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                article: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleForCaseView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-public-contact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicContactView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-case-equipment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EquipmentCaseMachineView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "print-case-form": {
        parameters: {
            query?: {
                format?: "pdf" | "xlsx";
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
                /** @description start = the start form */
                step: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageChannelViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "test-channel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: "mail" | "sms" | "wecom" | "webhook";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestInBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-industries": {
        parameters: {
            query?: {
                /** @description What is directly below this code; empty = the top */
                parent?: string;
                /** @description Search by name or code instead */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerCodeViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-regions": {
        parameters: {
            query?: {
                /** @description What is directly below this code; empty = the top */
                parent?: string;
                /** @description Search by name or code instead */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerCodeViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserColleagueViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-preventive-measures": {
        parameters: {
            query?: {
                /** @description Begun from this day on, or still open; empty for a year back */
                from?: string;
                /** @description Id; empty for all */
                department?: string;
                state?: "" | "overdue" | "named" | "open" | "proved" | "late" | "done" | "withdrawn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintPrevention"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-preventive-measures": {
        parameters: {
            query?: {
                /** @description Begun from this day on, or still open; empty for a year back */
                from?: string;
                /** @description Id; empty for all */
                department?: string;
                state?: "" | "overdue" | "named" | "open" | "proved" | "late" | "done" | "withdrawn";
                format?: "xlsx" | "pdf";
                /** @description Language of the headings and words */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-complaint-statistics": {
        parameters: {
            query?: {
                /** @description YYYY-MM; empty for the month before this one */
                month?: string;
                /** @description Only complaints it governs; empty for all */
                rulebook?: string;
                /** @description Within how many days a complaint counts as coming again; 0 for what the rulebook in force says, else 90 */
                repeat_days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintStatistics"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-complaint-statistics": {
        parameters: {
            query?: {
                /** @description YYYY-MM; empty for the month before this one */
                month?: string;
                /** @description Only complaints it governs; empty for all */
                rulebook?: string;
                /** @description Within how many days a complaint counts as coming again; 0 for what the rulebook in force says, else 90 */
                repeat_days?: number;
                format?: "xlsx" | "pdf";
                /** @description Language of the headings and words */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-complaint-tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintTableViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "make-complaint-table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComplaintMakeBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintTableView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-complaint-table": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintTableRecord"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-complaint-table": {
        parameters: {
            query?: {
                format?: "xlsx" | "pdf";
                /** @description Language of the headings and words */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-custom-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerFieldViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-custom-field": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerFieldWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerFieldView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "update-custom-field": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerFieldWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerFieldView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-customer-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerKindViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-customers": {
        parameters: {
            query?: {
                /** @description Name, code or phone number: whole, in part, in pinyin or by initials */
                q?: string;
                /** @description Conditions that all hold, written field:op:value,value; values are alternatives, a comma in one is escaped by a backslash. Fields: kind, status, party, region, industry (each with everything below it), owner (ids, me, none), unit, tag, grade (scheme:code or code), segment (ids), name, code, address, created, updated, since, import, archived (is: yes, no, all), custom.<name>. Ops: in, not_in, contains, is, gte, lte, between, within (today, this_week, this_month, this_quarter, this_year, last_30_days, last_90_days, last_12_months), empty, not_empty */
                filter?: string[] | null;
                /** @description name, code, updated, created, owner, grade or grade.<scheme>; - in front turns it round */
                sort?: string;
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerItemViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerBulkWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerBulkView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "undo-customer-change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the change of many customers, which is that of its job */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerBulkView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "count-customers": {
        parameters: {
            query?: {
                /** @description Name, code or phone number: whole, in part, in pinyin or by initials */
                q?: string;
                /** @description Conditions that all hold, written field:op:value,value; values are alternatives, a comma in one is escaped by a backslash. Fields: kind, status, party, region, industry (each with everything below it), owner (ids, me, none), unit, tag, grade (scheme:code or code), segment (ids), name, code, address, created, updated, since, import, archived (is: yes, no, all), custom.<name>. Ops: in, not_in, contains, is, gte, lte, between, within (today, this_week, this_month, this_quarter, this_year, last_30_days, last_90_days, last_12_months), empty, not_empty */
                filter?: string[] | null;
                /** @description name, code, updated, created, owner, grade or grade.<scheme>; - in front turns it round */
                sort?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerCountView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "find-duplicate-customers": {
        parameters: {
            query?: {
                /** @description Id of the customer being edited */
                except?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerCandidateViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-customers": {
        parameters: {
            query?: {
                /** @description Name, code or phone number: whole, in part, in pinyin or by initials */
                q?: string;
                /** @description Conditions that all hold, written field:op:value,value; values are alternatives, a comma in one is escaped by a backslash. Fields: kind, status, party, region, industry (each with everything below it), owner (ids, me, none), unit, tag, grade (scheme:code or code), segment (ids), name, code, address, created, updated, since, import, archived (is: yes, no, all), custom.<name>. Ops: in, not_in, contains, is, gte, lte, between, within (today, this_week, this_month, this_quarter, this_year, last_30_days, last_90_days, last_12_months), empty, not_empty */
                filter?: string[] | null;
                /** @description name, code, updated, created, owner, grade or grade.<scheme>; - in front turns it round */
                sort?: string;
                /** @description Only these customers, instead of a filter */
                ids?: string[] | null;
                /** @description Columns in order; none = the usual ones */
                columns?: string[] | null;
                format?: "csv" | "xlsx";
                /** @description Language of titles and words */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-grade-override": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GradingWithdrawView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingGradeDecisionView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-special-term-history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureTermChangeViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-customer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the customer */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "update-customer": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what the change is based on */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "archive-customer": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArchiveInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "log-call": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisitCallBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitCallView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-contacts": {
        parameters: {
            query?: {
                /** @description With those in the archive */
                archived?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerContactViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-contact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerContactWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerContactView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "archive-contact": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                contact: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerContactView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "update-contact": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                contact: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerContactWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerContactView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-customer-deal-ratings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewYoungViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "rate-customer-deal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewRateDealView"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewDealView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-customer-equipment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EquipmentMachineViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-facts": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                /** @description Only these kinds */
                kind?: string[] | null;
                /** @description First day, YYYY-MM-DD */
                from?: string;
                /** @description Last day, YYYY-MM-DD */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-fact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactRecordBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-fact-months": {
        parameters: {
            query?: {
                /** @description Only this kind */
                kind?: string;
                /** @description First day; the first day of the month 23 months ago when empty */
                from?: string;
                /** @description Last day; today when empty */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactMonthViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "reverse-fact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactReverseBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-grade-decisions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingGradeDecisionViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-grade-proposals": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingGradeProposalViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-judgements": {
        parameters: {
            query: {
                rulebook: string;
                /** @description YYYY-MM-DD, today when empty */
                as_of?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingJudgedSheetView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "judge-customer": {
        parameters: {
            query: {
                rulebook: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JudgeInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingJudgedSheetView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "send-message": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body sends once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageSendWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "preview-message": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body sends once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageSendWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePreviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-owner-terms": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipTermViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-customer-place": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisitSpotView"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "make-promise": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Of the customer */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromiseMakeBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromiseView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-relations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the customer */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerRelationViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-relation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerRelationWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerRelationView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "archive-relation": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                relation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerRelationView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "update-relation": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
                relation: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerRelationWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerRelationView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "restore-customer": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArchiveInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-customer-reviews": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewHistoryViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-customer-standings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingStandingViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-team": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipMemberViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "join-team": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinInBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipMemberView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "leave-team": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                member: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-timeline": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                /** @description Kinds, separated by commas; empty = all */
                kinds?: string[] | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordEntryViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-customer-verdicts": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingVerdictViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-wishes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageWishViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-wish": {
        parameters: {
            query?: never;
            header?: {
                /** @description Version of the wish; 0 when nothing was said yet */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageWishWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageWishView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-duties": {
        parameters: {
            query?: {
                /** @description Only what the acting person owes */
                mine?: boolean;
                /** @description Only what was missed and of which the acting person was told */
                escalated?: boolean;
                /** @description Ids of those who owe it, me, or none, separated by commas */
                owner?: string[] | null;
                /** @description Ids of the customers' units, separated by commas */
                unit?: string[] | null;
                /** @description Ids of segments the customer belongs to one of, separated by commas */
                segment?: string[] | null;
                /** @description States, separated by commas; as of today */
                state?: string[] | null;
                /** @description Nearness of the day; week is what is left of it from today on */
                bucket?: "today" | "week" | "overdue" | "upcoming" | "done";
                /** @description Kinds of activity, separated by commas */
                activity?: string[] | null;
                /** @description Codes of grades, separated by commas */
                grade?: string[] | null;
                /** @description Separated by commas */
                rulebook?: string[] | null;
                /** @description Which of owner, unit, segment, activity, grade and rulebook must not be one of the values given, separated by commas */
                not?: string[] | null;
                /** @description Id */
                customer?: string;
                /** @description Number of the clause that asks for it */
                clause?: string;
                /** @description Key of the duty in its rulebook */
                rule?: string;
                /** @description Due on or after this day */
                from?: string;
                /** @description Due on or before this day */
                to?: string;
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "count-duties": {
        parameters: {
            query?: {
                /** @description Only what the acting person owes */
                mine?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyCountsView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-duties": {
        parameters: {
            query?: {
                /** @description Only what the acting person owes */
                mine?: boolean;
                /** @description Only what was missed and of which the acting person was told */
                escalated?: boolean;
                /** @description Ids of those who owe it, me, or none, separated by commas */
                owner?: string[] | null;
                /** @description Ids of the customers' units, separated by commas */
                unit?: string[] | null;
                /** @description Ids of segments the customer belongs to one of, separated by commas */
                segment?: string[] | null;
                /** @description States, separated by commas; as of today */
                state?: string[] | null;
                /** @description Nearness of the day; week is what is left of it from today on */
                bucket?: "today" | "week" | "overdue" | "upcoming" | "done";
                /** @description Kinds of activity, separated by commas */
                activity?: string[] | null;
                /** @description Codes of grades, separated by commas */
                grade?: string[] | null;
                /** @description Separated by commas */
                rulebook?: string[] | null;
                /** @description Which of owner, unit, segment, activity, grade and rulebook must not be one of the values given, separated by commas */
                not?: string[] | null;
                /** @description Id */
                customer?: string;
                /** @description Number of the clause that asks for it */
                clause?: string;
                /** @description Key of the duty in its rulebook */
                rule?: string;
                /** @description Due on or after this day */
                from?: string;
                /** @description Due on or before this day */
                to?: string;
                format?: "csv" | "xlsx";
                /** @description Language of the headings and words */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "plan-duties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DutyPlanBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyPlanStarted"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "preview-duties": {
        parameters: {
            query: {
                rulebook: string;
                /** @description Without it what is in force, else the newest */
                version?: string;
                scheme: string;
                grade: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyGradePlanView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "foresee-duties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DutyForeseeBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyForeseeStarted"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-duty": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "do-duty": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DutyDoBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "undo-duty": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "waive-duty": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DutyWaiveBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-failed-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "retry-event": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "skip-event": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-fact-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactKindViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "upload-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description An image, a PDF or an office document of at most 20 MiB
                     */
                    file: Blob;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DutyFileView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-grade-combinations": {
        parameters: {
            query: {
                rulebook: string;
                /** @description Two or three, separated by commas; the first three of the rulebook when left out */
                scheme?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingCrossView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-grade-accuracy": {
        parameters: {
            query: {
                rulebook: string;
                /** @description Of a rulebook with several; empty for the first */
                scheme?: string;
                /** @description YYYY-MM-DD, the newest run when empty */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingAccuracyView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-grade-coverage": {
        parameters: {
            query: {
                rulebook: string;
                /** @description Of a rulebook with several; empty for the first */
                scheme?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingCoverageView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-migration-customers": {
        parameters: {
            query: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                rulebook: string;
                /** @description Of a rulebook with several; empty for the first */
                scheme?: string;
                /** @description YYYY-MM-DD */
                from?: string;
                /** @description YYYY-MM-DD */
                to?: string;
                /** @description Empty for no verdict, - for not in scope */
                from_code?: string;
                /** @description Empty for no verdict, - for not in scope */
                to_code?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingMovedViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-migration": {
        parameters: {
            query: {
                rulebook: string;
                /** @description Of a rulebook with several; empty for the first */
                scheme?: string;
                /** @description YYYY-MM-DD */
                from?: string;
                /** @description YYYY-MM-DD */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingMatrixView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-grade-mix": {
        parameters: {
            query: {
                rulebook: string;
                /** @description Of a rulebook with several; empty for the first */
                scheme?: string;
                /** @description YYYY-MM-DD */
                from?: string;
                /** @description YYYY-MM-DD */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingMixView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-not-yet-judged": {
        parameters: {
            query: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                rulebook: string;
                /** @description Of a rulebook with several; empty for the first */
                scheme?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingNotYetViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-grade-stability": {
        parameters: {
            query: {
                rulebook: string;
                /** @description Of a rulebook with several; empty for the first */
                scheme?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingStabilityView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-grade-value": {
        parameters: {
            query: {
                rulebook: string;
                /** @description Of a rulebook with several; empty for the first */
                scheme?: string;
                /** @description YYYY-MM-DD, the newest run when empty */
                as_of?: string;
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingValueView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-grading-overview": {
        parameters: {
            query: {
                rulebook: string;
                /** @description Of a rulebook with several; empty for the first */
                scheme?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingOverviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-grading-schemes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingSchemeViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-gradings": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                rulebook?: string;
                /** @description Of a rulebook with several; empty for all */
                scheme?: string;
                state?: "running" | "done" | "failed" | "canceled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingRunViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "start-grading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GradingStartView"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingRunView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-grading": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingRunView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-grading": {
        parameters: {
            query?: {
                format?: "csv" | "xlsx";
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-grading-verdicts": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                code?: string;
                direction?: "up" | "down" | "first" | "aside" | "changed";
                q?: string;
                sort?: "code" | "score";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingFoundViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-grading-without-verdict": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                q?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingWithoutViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-import-mappings": {
        parameters: {
            query?: {
                target?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterMappingViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "save-import-mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterMappingView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-import-mapping": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-imports": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                /** @description Only this target */
                target?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "upload-import": {
        parameters: {
            query: {
                /** @description customers, or a kind of fact */
                target: string;
                /** @description Name of the file, for a raw body */
                name?: string;
            };
            header?: {
                "Content-Type"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-import-fields": {
        parameters: {
            query?: {
                target?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterFieldViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-import-template": {
        parameters: {
            query: {
                target: string;
                format?: "csv" | "xlsx";
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "cancel-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "check-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-failed-rows": {
        parameters: {
            query?: {
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-kept-customers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterKeptViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-import-options": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImporterSettings"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "preview-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterPreviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "revert-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-import-rows": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                /** @description Empty for all */
                outcome?: "" | "refused" | "set_aside" | "ready" | "imported";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterLineViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "correct-import-row": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                line: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterLineView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "run-import": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImporterView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-inbox": {
        parameters: {
            query?: {
                /** @description Kinds of cases, separated by commas */
                kind?: string[] | null;
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureInboxView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "decide-inbox": {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProcedureDecideBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureDecidedView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "see-notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProcedureSeenBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-job": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "cancel-job": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "judge-customers": {
        parameters: {
            query: {
                rulebook: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JudgeManyInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingJudgeOutcomeView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-open-judgements": {
        parameters: {
            query: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                rulebook: string;
                /** @description One item; empty for all */
                item?: string;
                /** @description Only what the reader may judge */
                mine?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingOpenJudgementViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserMe"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrefsInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserMe"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-my-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                kezhi_session?: components["schemas"]["HttpCookie"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-my-rulebook-receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookReceiptViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-my-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSessionViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-my-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserTokenViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-my-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenInBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserTokenView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "revoke-my-token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-message-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageTemplateViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-message-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageTemplateWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageTemplateView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-message-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageFieldsViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-message-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageTemplateView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "update-message-template": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageTemplateWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageTemplateView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "archive-message-template": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-messages": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                customer?: string;
                state?: string[] | null;
                channel?: string;
                ref?: string;
                /** @description Day it was written, YYYY-MM-DD */
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-message-overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageOverviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-message": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "confirm-message": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "retry-message": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "stop-message": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipAreaViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "contract-area": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnershipAreaWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipAreaView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "end-area": {
        parameters: {
            query?: {
                /** @description The last day; at once when empty */
                until?: string;
            };
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-dedicated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipHeadcountViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-pool": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                /** @description Part of a name or code */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipPoolView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "claim-customer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "return-customer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-owner-rules": {
        parameters: {
            query?: {
                rulebook?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipRulesViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-owner-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipRunViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "begin-owner-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginInBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipRunView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-owner-run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipRunView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "apply-owner-run": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyInBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipJobView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-owner-lines": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                /** @description Only customers who move, whom nobody may have, or with such a conflict */
                kind?: "move" | "nobody" | "differs" | "full" | "no_holder" | "gone" | "two_claims";
                state?: "open" | "chosen" | "applied" | "stale";
                rule?: string;
                /** @description Whoever has the customer before or after */
                user?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipLineViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-owner-tracking": {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnershipTrackingView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-owner-tracking": {
        parameters: {
            query?: {
                days?: number;
                format?: "csv" | "xlsx";
                /** @description Language of the headings */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedurePostViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProcedureAppointBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureHolderView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dismiss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProcedureDismissBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureHolderView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-procedures": {
        parameters: {
            query?: {
                /** @description Id; only what may be begun about this customer */
                customer?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureStartableViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-promises": {
        parameters: {
            query?: {
                /** @description Id */
                customer?: string;
                /** @description Ids of those who are to keep them, or me */
                owner?: string[] | null;
                /** @description States, separated by commas */
                state?: string[] | null;
                /** @description visit, call, case */
                made_in?: string[] | null;
                /** @description Due on or after this day */
                from?: string;
                /** @description Due on or before this day */
                to?: string;
                /** @description The latest day first */
                newest?: boolean;
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromiseViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "count-promises": {
        parameters: {
            query?: {
                /** @description Id */
                customer?: string;
                /** @description Ids of those who are to keep them, or me */
                owner?: string[] | null;
                /** @description States, separated by commas */
                state?: string[] | null;
                /** @description visit, call, case */
                made_in?: string[] | null;
                /** @description Due on or after this day */
                from?: string;
                /** @description Due on or before this day */
                to?: string;
                /** @description The latest day first */
                newest?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromiseCountsView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-promises": {
        parameters: {
            query?: {
                /** @description Id */
                customer?: string;
                /** @description Ids of those who are to keep them, or me */
                owner?: string[] | null;
                /** @description States, separated by commas */
                state?: string[] | null;
                /** @description visit, call, case */
                made_in?: string[] | null;
                /** @description Due on or after this day */
                from?: string;
                /** @description Due on or before this day */
                to?: string;
                /** @description The latest day first */
                newest?: boolean;
                format?: "csv" | "xlsx";
                /** @description Language of the headings and words */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-promise": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromiseView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "act-on-promise": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromiseActBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromiseView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-public-articles": {
        parameters: {
            query?: {
                /** @description Words of titles, texts and tags; pinyin of titles and tags */
                q?: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicArticleItemViewList"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-public-article": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicArticleView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "start-public-case": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicStartBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicReceiptView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "add-to-public-case": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicAddBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicCaseView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "follow-public-case": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicKeyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicCaseView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "rate-public-case": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicRateBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicCaseView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "upload-public-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A picture or PDF of at most 8 MB
                     */
                    file: Blob;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicUploadedView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description See Other */
            303: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unsubscribe: {
        parameters: {
            query?: {
                /** @description Put back on the list instead */
                back?: boolean;
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageUnsubscribedView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-public-procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicOpenListView"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rates": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                home?: string;
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateRowList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateOutcomeView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureRegisterViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-register-lines": {
        parameters: {
            query?: {
                /** @description First day of entry */
                from?: string;
                /** @description Last day of entry */
                to?: string;
                /** @description Part of the number, the title or the customer's name, or the customer's code */
                q?: string;
                /** @description Only those whose leaving is still to be noted */
                present?: boolean;
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                rulebook: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureLineViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-register": {
        parameters: {
            query?: {
                /** @description First day of entry */
                from?: string;
                /** @description Last day of entry */
                to?: string;
                /** @description Part of the number, the title or the customer's name, or the customer's code */
                q?: string;
                format?: "pdf" | "xlsx";
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                rulebook: string;
                procedure: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-waiting-reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplianceWaitsList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-reviews": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                rulebook?: string;
                state?: "opening" | "rating" | "meeting" | "closing" | "closed" | "withdrawn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewOpenView"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewStartedView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-review-colleagues": {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewPersonViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-planned-reviews": {
        parameters: {
            query?: {
                /** @description How far ahead */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewPlannedViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-review-tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-review": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-review": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what the change is based on */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewChangeView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "close-review": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewCloseInBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewStartedView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delegate-review": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewDelegateInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewDelegationView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "end-review-delegation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                delegation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-review": {
        parameters: {
            query?: {
                /** @description pdf: a form to be signed */
                format?: "csv" | "xlsx" | "pdf";
                /** @description Language of the headings and words */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
                list: "lines" | "a_list" | "special_policies" | "credit_terms" | "new_customers";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-review-lines": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
                /** @description Id of a region */
                unit?: string;
                /** @description unrated: nobody has rated it in either round */
                state?: "waiting" | "draft" | "rated" | "met" | "reopened" | "unrated";
                /** @description By the newest round */
                grade?: string;
                /** @description any: all that are or were signed for */
                approval?: "waiting" | "approved" | "rejected" | "any";
                q?: string;
                /** @description Only where the meeting changed what the region said */
                differs?: boolean;
                newcomer?: boolean;
                /** @description Only what the reader may rate */
                mine?: boolean;
                sort?: "code" | "score";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewLinesView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-review-form": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                customer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewFormView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "save-review-draft": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the form; without it the newest one is meant */
                "If-Match"?: string;
            };
            path: {
                id: string;
                customer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewFillView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewFormView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "effect-review-line": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                customer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewStartedView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "print-review-form": {
        parameters: {
            query?: {
                format?: "pdf" | "xlsx";
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
                customer: string;
                /** @description assessment: how the customer was rated; grade: the application for a grade that is signed for */
                form: "assessment" | "grade";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-review-file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                customer: string;
                item: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "add-review-file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                customer: string;
                item: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "drop-review-file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                customer: string;
                item: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "re-rate-review-line": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the form; without it the newest one is meant */
                "If-Match"?: string;
            };
            path: {
                id: string;
                customer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewReRateView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewFormView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "preview-review-form": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                customer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewPreviewInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewPreviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "reopen-review-line": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                customer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewReopenInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewFormView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "submit-review-form": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the form; without it the newest one is meant */
                "If-Match"?: string;
            };
            path: {
                id: string;
                customer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewFillView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewFormView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "begin-review-meeting": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewMeetView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-review-results": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
                list: "a_list" | "special_policies" | "credit_terms" | "new_customers";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewResultViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-review-result": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what was there; left out where nothing was */
                "If-Match"?: string;
            };
            path: {
                id: string;
                list: "a_list" | "special_policies" | "credit_terms" | "new_customers";
                customer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewSetResultView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewResultView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "drop-review-result": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                list: "a_list" | "special_policies" | "credit_terms" | "new_customers";
                customer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "submit-review-forms": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewSubmitInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewDoneView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-review": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewReasonInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserRoleViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rulebook-drafts": {
        parameters: {
            query?: {
                rulebook?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookDraftItemViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-rulebook-draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookDraftCreateView"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookDraftView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rulebook-draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookDraftView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "save-rulebook-draft": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what the change is based on */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookFilesView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookDraftView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-rulebook-draft": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rulebook-draft-cases": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookCasesView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "diff-rulebook-draft": {
        parameters: {
            query?: {
                /** @description A version; empty for the one in force, else the one the draft began from, else the newest */
                against?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookDiffView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "init-rulebook-draft-cases": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookInitCasesView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rulebook-draft-outline": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookOutlineView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rulebook-draft-problems": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookProblemsView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "publish-rulebook-draft": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookPublishView"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookVersionView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "simulate-rulebook-draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GradingDraftSimulateView"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingJobView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rulebooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookItemViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "upload-rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookFilesView"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookVersionView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "check-rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookFilesView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookProblemsView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rulebook-coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookCoverage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "init-rulebook-cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookFilesView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookInitCasesView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "outline-rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookFilesView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookOutlineView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rulebook-schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "test-rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookFilesView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookCasesView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "adopt-rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookAdoptView"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookAdoptionView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "request-adoption": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookAdoptView"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookRequestView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rulebook-compliance": {
        parameters: {
            query?: {
                /** @description First day; empty for the first of the year */
                from?: string;
                /** @description Last day; empty for today */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplianceReport"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-rulebook-compliance": {
        parameters: {
            query?: {
                /** @description First day; empty for the first of the year */
                from?: string;
                /** @description Last day; empty for today */
                to?: string;
                format?: "csv" | "xlsx";
                /** @description Language of the headings and words */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "download-rulebook-filing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rulebook-receipts": {
        parameters: {
            query?: {
                /** @description Empty for the one in force */
                version?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookReadershipView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "confirm-rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookConfirmView"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "file-rulebook-report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                report: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComplianceFileView"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rulebook-filing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                report: string;
                /** @description First day of the period it is about */
                from: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplianceFiling"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "receive-rulebook-report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                report: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComplianceReceiveView"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "return-rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulebookReturnView"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookAdoptionView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "simulate-rulebook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GradingSimulateView"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingJobView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rulebook-cases": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookCasesView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rulebook-clauses": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookClauseViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rulebook-files": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookFilesView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rulebook-problems": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulebookProblemsView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rulebook-procedures": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowDefinitionList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerHitViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-segment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SegmentWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "preview-segment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentPreviewView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-segment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "update-segment": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SegmentWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "archive-segment": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-segment-members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembersInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "refresh-segment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentJobView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-in": {
        parameters: {
            query?: never;
            header?: {
                "User-Agent"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserMe"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                kezhi_session?: components["schemas"]["HttpCookie"];
            };
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-out-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-message-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePolicy"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-message-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessagePolicy"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePolicy"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-public-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicSettings"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-public-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicSettings"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicSettings"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSetupState"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-up": {
        parameters: {
            query?: never;
            header?: {
                "User-Agent"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserMe"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-special-terms": {
        parameters: {
            query?: {
                /** @description Id */
                customer?: string;
                /** @description Neither revoked nor past their last day */
                in_force?: boolean;
                /** @description The customer's grade is no longer the one that justified them */
                changed?: boolean;
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProcedureTermViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-spot-checks": {
        parameters: {
            query?: {
                rulebook?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewCheckViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "draw-spot-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewDrawView"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewCheckPage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-spot-check": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewCheckPage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "find-spot-check": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of what the change is based on */
                "If-Match"?: string;
            };
            path: {
                id: string;
                customer: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewFindView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewCheckItemView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-spot-check": {
        parameters: {
            query?: {
                /** @description pdf: a form to be signed */
                format?: "csv" | "xlsx" | "pdf";
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerTagViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserUnitViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-unit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnitInBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserUnitView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-user": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-verdict": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customer_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradingExplained"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "print-verdict": {
        parameters: {
            query?: {
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                customer_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-views": {
        parameters: {
            query: {
                page: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewRowList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewWrite"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewRow"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-view": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "update-view": {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewRow"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-visits": {
        parameters: {
            query?: {
                /** @description On this day or later */
                from?: string;
                /** @description On this day or earlier */
                to?: string;
                /** @description Ids of those who go, or me */
                owner?: string[] | null;
                /** @description Id */
                customer?: string;
                /** @description Id */
                duty?: string;
                /** @description States, separated by commas */
                state?: string[] | null;
                /** @description next_cursor of the page before; empty for the first page */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitViewList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "plan-visit": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisitPlanBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-agenda": {
        parameters: {
            query: {
                /** @description The first day */
                from: string;
                /** @description The last day, at most six weeks on */
                to: string;
                /** @description Ids of those who go, or me; without it everybody within reach */
                owner?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitAgendaView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "propose-week": {
        parameters: {
            query?: {
                /** @description Any day of the week; empty = today */
                on?: string;
                /** @description Id of who goes; empty = the acting person */
                owner?: string;
                /** @description Visits on a day, those that stand among them */
                per_day?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitWeekView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-visit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "act-on-visit": {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body does it once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisitActBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "print-visit": {
        parameters: {
            query?: {
                /** @description Language of the words of the form */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-workbench": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkbenchView"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

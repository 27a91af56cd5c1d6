BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE alerts (
	alert_id VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	case_id VARCHAR NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	facts JSON NOT NULL, 
	routed_at DATETIME, 
	CONSTRAINT pk_alerts PRIMARY KEY (alert_id)
);
INSERT INTO "alerts" VALUES('d66e504adf310e51bc10','now_watching','ctr-v-irs','dcd/1:25-cv-00457','now_watching','2026-03-04 15:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": ""}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "c7e7130885d3", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 1, "headline": "Complaint", "event_names": ["Complaint"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:00:00+00:00", "first_seen_at": "2026-03-04T15:01:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000001?caseid=800000&de_seq_num=1"}], "why": "you asked to watch 1:25-cv-00457 in D.D.C."}','2026-03-04 15:01:00.000000');
INSERT INTO "alerts" VALUES('71be5a40c8d382ca425e','filed','ctr-v-irs','dcd/1:25-cv-00457','order','2026-03-04 15:11:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "d2b019a605c6", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 10, "headline": "Order on Motion to Stay", "event_names": ["Order on Motion to Stay"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:01:00+00:00", "first_seen_at": "2026-03-04T15:11:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000010?caseid=800000&de_seq_num=10"}], "kind": "order", "kind_reason": "\u201corder on\u201d: the court orders", "ruling": "none", "ruling_reason": "", "is_dispositive": null, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-04 15:11:00.000000');
INSERT INTO "alerts" VALUES('f25346d4ec134b9a2fba','amended','ctr-v-irs','dcd/1:25-cv-00457','order','2026-03-04 15:21:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "cl:entries:dcd/1:25-cv-00457", "name": "CourtListener entries of dcd/1:25-cv-00457"}, "entries": [{"entry_id": "d2b019a605c6", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 10, "headline": "Order on Motion to Stay: DENIED", "event_names": ["Order on Motion to Stay"], "text": "ORDER denying 7 Motion to Stay.", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:01:00+00:00", "first_seen_at": "2026-03-04T15:11:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000010?caseid=800000&de_seq_num=10"}], "kind": "order", "kind_reason": "\u201corder denying\u201d: the court orders", "ruling": "denied", "ruling_reason": "denying", "is_dispositive": false, "acts_on": "7", "why": "you watch 1:25-cv-00457 in D.D.C.", "changes": [{"kind": "text_filled_in", "field": "", "before": "", "after": "ORDER denying 7 Motion to Stay."}], "amends": "71be5a40c8d382ca425e"}','2026-03-04 15:21:00.000000');
INSERT INTO "alerts" VALUES('de7d72afa0fda5bbcde8','amended','ctr-v-irs','dcd/1:25-cv-00457','order','2026-03-04 15:31:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "cl:entries:dcd/1:25-cv-00457", "name": "CourtListener entries of dcd/1:25-cv-00457"}, "entries": [{"entry_id": "d2b019a605c6", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 10, "headline": "Order on Motion to Stay: GRANTED", "event_names": ["Order on Motion to Stay"], "text": "ORDER granting 7 Motion to Stay.", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:01:00+00:00", "first_seen_at": "2026-03-04T15:11:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000010?caseid=800000&de_seq_num=10"}], "kind": "order", "kind_reason": "\u201corder granting\u201d: the court orders", "ruling": "granted", "ruling_reason": "granting", "is_dispositive": false, "acts_on": "7", "why": "you watch 1:25-cv-00457 in D.D.C.", "changes": [{"kind": "entry_revised", "field": "text", "before": "ORDER denying 7 Motion to Stay.", "after": "ORDER granting 7 Motion to Stay."}], "amends": "71be5a40c8d382ca425e"}','2026-03-04 15:31:00.000000');
INSERT INTO "alerts" VALUES('b999dbf6b2d36f5ad79b','filed','ctr-v-irs','dcd/1:25-cv-00457','motion','2026-03-04 15:41:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "7deb2a6b99c1", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 11, "headline": "Motion to Dismiss", "event_names": ["Motion to Dismiss"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:31:00+00:00", "first_seen_at": "2026-03-04T15:41:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000011?caseid=800000&de_seq_num=11"}], "kind": "motion", "kind_reason": "\u201cmotion\u201d: asks the court for something", "ruling": "none", "ruling_reason": "", "is_dispositive": false, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-04 15:41:00.000000');
INSERT INTO "alerts" VALUES('3142e22ef3055af25ef5','filed','ctr-v-irs','dcd/1:25-cv-00457','notice_of_appeal','2026-03-04 15:51:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "a677d3b5d00d", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 12, "headline": "Notice of Appeal", "event_names": ["Notice of Appeal"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:41:00+00:00", "first_seen_at": "2026-03-04T15:51:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000012?caseid=800000&de_seq_num=12"}], "kind": "notice_of_appeal", "kind_reason": "\u201cnotice of appeal\u201d: somebody appeals", "ruling": "none", "ruling_reason": "", "is_dispositive": false, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-04 15:51:00.000000');
INSERT INTO "alerts" VALUES('859c6ab1e5590692f575','delivery','','','delivery_dead','2026-03-04 15:51:00.000000','{"title": "Messages to desk are given up", "paragraphs": ["A delivery to desk was refused for good: desk@example.org: 550 no such user.", "It is kept. Mend the address or its server, then: docket-monitor deliveries retry --all-dead"], "why": "you are a recipient of this monitor"}','2026-03-04 15:51:00.000000');
INSERT INTO "alerts" VALUES('7c1c9d42d04f883d5029','filed','ctr-v-irs','dcd/1:25-cv-00457','appeal_related','2026-03-04 16:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "84281f92bc0f", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": null, "headline": "USCA Case Number 26-5006", "event_names": ["USCA Case Number 26-5006"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:51:00+00:00", "first_seen_at": "2026-03-04T16:01:00+00:00", "url": "https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000"}], "kind": "appeal_related", "kind_reason": "\u201cusca case number\u201d: an act of a higher court, or a step there", "ruling": "none", "ruling_reason": "", "is_dispositive": false, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-04 16:01:00.000000');
INSERT INTO "alerts" VALUES('137ff1b28e73b910f0bd','appeal','ctr-v-irs','cadc/26-5006','appeal_docketed','2026-03-04 16:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "cadc/26-5006", "number": "26-5006", "case_name": ""}, "lower_docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": ""}, "court": {"id": "cadc", "citation": "D.C. Cir.", "name": "U.S. Court of Appeals for the District of Columbia Circuit", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entry_id": "84281f92bc0f", "is_certain": true, "coverage": "The feed of the D.C. Cir. carries orders, opinions and judgments only; briefs and notices are seen where CourtListener has them.", "why": "an appeal from 1:25-cv-00457 is followed: USCA Case Number 26-5006"}','2026-03-04 16:01:00.000000');
INSERT INTO "alerts" VALUES('c1ecc1cb3d2bfad42998','news','ctr-v-irs','','news','2026-03-04 16:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "source": {"id": "news:press", "name": "press"}, "story": {"id": "demo-1", "title": "Judge rules for Center for Taxpayer Rights", "summary": "", "url": "https://news.example/1", "publisher": "", "published_at": "2026-03-04T15:50:00+00:00"}, "score": 1.0, "about": {"entry_id": "d2b019a605c6", "docket_id": "dcd/1:25-cv-00457", "headline": "Order on Motion to Stay: GRANTED", "date_filed": "2026-03-04"}, "is_lead": false, "why": "it speaks of Center for Taxpayer Rights (score 1.00)"}','2026-03-04 16:01:00.000000');
INSERT INTO "alerts" VALUES('b256625a63f6c3daba30','amended','ctr-v-irs','dcd/1:25-cv-00457','appeal_related','2026-03-04 16:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "cl:entries:dcd/1:25-cv-00457", "name": "CourtListener entries of dcd/1:25-cv-00457"}, "entries": [{"entry_id": "84281f92bc0f", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": null, "headline": "USCA Case Number 26-5006", "event_names": ["USCA Case Number 26-5006"], "text": "USCA Case Number 26-5006 for 12 Notice", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:51:00+00:00", "first_seen_at": "2026-03-04T16:01:00+00:00", "url": "https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000"}], "kind": "appeal_related", "kind_reason": "\u201cusca case number\u201d: an act of a higher court, or a step there", "ruling": "none", "ruling_reason": "", "is_dispositive": false, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C.", "changes": [{"kind": "text_filled_in", "field": "", "before": "", "after": "USCA Case Number 26-5006 for 12 Notice"}], "amends": "7c1c9d42d04f883d5029"}','2026-03-04 16:01:00.000000');
INSERT INTO "alerts" VALUES('e24bcfa2deadb78928e6','now_watching','ctr-v-irs','cadc/26-5006','now_watching','2026-03-04 16:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "cadc/26-5006", "number": "26-5006", "case_name": ""}, "court": {"id": "cadc", "citation": "D.C. Cir.", "name": "U.S. Court of Appeals for the District of Columbia Circuit", "timezone": "America/New_York"}, "source": {"id": "cl:entries:cadc/26-5006", "name": "CourtListener entries of cadc/26-5006"}, "entries": [], "why": "you asked to watch 26-5006 in D.C. Cir."}','2026-03-04 16:01:00.000000');
INSERT INTO "alerts" VALUES('a617d6b231db8d610470','amended','ctr-v-irs','dcd/1:25-cv-00457','appeal_related','2026-03-04 16:41:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "84281f92bc0f", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": null, "headline": "USCA Case Number 26-5006", "event_names": ["USCA Case Number 26-5006"], "text": "USCA Case Number 26-5006 for 12 Notice", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:51:00+00:00", "first_seen_at": "2026-03-04T16:01:00+00:00", "url": "https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000"}], "kind": "appeal_related", "kind_reason": "\u201cusca case number\u201d: an act of a higher court, or a step there", "ruling": "none", "ruling_reason": "", "is_dispositive": false, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C.", "changes": [{"kind": "entry_withdrawn", "field": "", "before": "", "after": ""}], "amends": "7c1c9d42d04f883d5029"}','2026-03-04 16:41:00.000000');
INSERT INTO "alerts" VALUES('46fcee63f6c6281a97f1','away','ctr-v-irs','dcd/1:25-cv-00457','while_away','2026-03-04 22:41:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": ""}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "since": "2026-03-04T16:41:00+00:00", "until": "2026-03-04T22:41:00+00:00", "gap": null, "entries": [{"entry_id": "4039d9e2ca62", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 30, "headline": "Order 30", "event_names": ["Order 30"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T17:41:00+00:00", "first_seen_at": "2026-03-04T22:41:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000030?caseid=800000&de_seq_num=30", "topic": "filed", "kind": "order", "ruling": "none"}, {"entry_id": "a80f51c70039", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 31, "headline": "Order 31", "event_names": ["Order 31"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T17:41:00+00:00", "first_seen_at": "2026-03-04T22:41:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000031?caseid=800000&de_seq_num=31", "topic": "filed", "kind": "order", "ruling": "none"}, {"entry_id": "1a6d8c2c2d72", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 32, "headline": "Order 32", "event_names": ["Order 32"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T17:41:00+00:00", "first_seen_at": "2026-03-04T22:41:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000032?caseid=800000&de_seq_num=32", "topic": "filed", "kind": "order", "ruling": "none"}, {"entry_id": "7c7b607e8ebb", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 33, "headline": "Order 33", "event_names": ["Order 33"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T17:41:00+00:00", "first_seen_at": "2026-03-04T22:41:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000033?caseid=800000&de_seq_num=33", "topic": "filed", "kind": "order", "ruling": "none"}, {"entry_id": "eb800f064772", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 34, "headline": "Order 34", "event_names": ["Order 34"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T17:41:00+00:00", "first_seen_at": "2026-03-04T22:41:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000034?caseid=800000&de_seq_num=34", "topic": "filed", "kind": "order", "ruling": "none"}, {"entry_id": "2c2838ebd5b7", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 35, "headline": "Order 35", "event_names": ["Order 35"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T17:41:00+00:00", "first_seen_at": "2026-03-04T22:41:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000035?caseid=800000&de_seq_num=35", "topic": "filed", "kind": "order", "ruling": "none"}, {"entry_id": "7eda120dbfd5", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 36, "headline": "Order 36", "event_names": ["Order 36"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T17:41:00+00:00", "first_seen_at": "2026-03-04T22:41:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000036?caseid=800000&de_seq_num=36", "topic": "filed", "kind": "order", "ruling": "none"}, {"entry_id": "b89de634103b", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 37, "headline": "Order 37", "event_names": ["Order 37"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-04T17:41:00+00:00", "first_seen_at": "2026-03-04T22:41:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000037?caseid=800000&de_seq_num=37", "topic": "filed", "kind": "order", "ruling": "none"}], "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-04 22:41:00.000000');
INSERT INTO "alerts" VALUES('cc29fe2ebba2ef61eb31','away','ctr-v-irs','cadc/26-5006','while_away','2026-03-04 22:41:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "cadc/26-5006", "number": "26-5006", "case_name": ""}, "court": {"id": "cadc", "citation": "D.C. Cir.", "name": "U.S. Court of Appeals for the District of Columbia Circuit", "timezone": "America/New_York"}, "source": {"id": "court:cadc", "name": "D.C. Cir. court feed"}, "since": "2026-03-04T16:41:00+00:00", "until": "2026-03-04T22:41:00+00:00", "gap": null, "entries": [], "why": "you watch 26-5006 in D.C. Cir."}','2026-03-04 22:41:00.000000');
INSERT INTO "alerts" VALUES('2b82685663d456d244b2','gap','','','gap_opened','2026-03-06 22:41:00.000000','{"source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "from_at": "2026-03-04T22:41:00+00:00", "until_at": "2026-03-05T22:41:00+00:00", "reason": "longer than the 24 hours that the feed shows", "dockets": ["CTR v. IRS (D.D.C. 1:25-cv-00457)"], "case_ids": ["ctr-v-irs"], "why": "this source covers dockets that you watch"}','2026-03-06 22:41:00.000000');
INSERT INTO "alerts" VALUES('ca0869fa9bc4bedf2812','gap','','','gap_opened','2026-03-06 22:41:00.000000','{"source": {"id": "court:cadc", "name": "D.C. Cir. court feed"}, "court": {"id": "cadc", "citation": "D.C. Cir.", "name": "U.S. Court of Appeals for the District of Columbia Circuit", "timezone": "America/New_York"}, "from_at": "2026-03-04T22:41:00+00:00", "until_at": "2026-03-05T22:41:00+00:00", "reason": "longer than the 24 hours that the feed shows", "dockets": ["CTR v. IRS (D.C. Cir. 26-5006)"], "case_ids": ["ctr-v-irs"], "why": "this source covers dockets that you watch"}','2026-03-06 22:41:00.000000');
INSERT INTO "alerts" VALUES('18a8974c4e8da4a17ddc','filed','ctr-v-irs','dcd/1:25-cv-00457','order','2026-03-07 00:31:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "cl:entries:dcd/1:25-cv-00457", "name": "CourtListener entries of dcd/1:25-cv-00457"}, "entries": [{"entry_id": "99a718d9a93b", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 50, "headline": "Order Vacating", "event_names": ["Order Vacating"], "text": "", "date_filed": "2026-03-04", "published_at": "2026-03-05T00:41:00+00:00", "first_seen_at": "2026-03-07T00:31:00+00:00", "url": "http://127.0.0.1:45935/docket/900000/50/demo/"}], "kind": "order", "kind_reason": "\u201corder vacating\u201d: the court orders", "ruling": "vacated", "ruling_reason": "order vacating", "is_dispositive": true, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C.", "after_gap": {"from_at": "2026-03-04T22:41:00+00:00", "until_at": "2026-03-05T22:41:00+00:00"}}','2026-03-07 00:31:00.000000');
INSERT INTO "alerts" VALUES('e0577928459caa671c8a','gap','','','gap_closed','2026-03-07 01:41:00.000000','{"source": {"id": "cl:entries:dcd/1:25-cv-00457", "name": "CourtListener entries of dcd/1:25-cv-00457"}, "gap_source_id": "court:dcd", "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "from_at": "2026-03-04T22:41:00+00:00", "until_at": "2026-03-05T22:41:00+00:00", "reason": "longer than the 24 hours that the feed shows", "entry_ids": ["99a718d9a93b"], "why": "you were told of this gap"}','2026-03-07 01:41:00.000000');
INSERT INTO "alerts" VALUES('30d2eadc4448d2a631e3','gap','','','gap_closed','2026-03-07 01:41:00.000000','{"source": {"id": "cl:entries:cadc/26-5006", "name": "CourtListener entries of cadc/26-5006"}, "gap_source_id": "court:cadc", "court": {"id": "cadc", "citation": "D.C. Cir.", "name": "U.S. Court of Appeals for the District of Columbia Circuit", "timezone": "America/New_York"}, "from_at": "2026-03-04T22:41:00+00:00", "until_at": "2026-03-05T22:41:00+00:00", "reason": "longer than the 24 hours that the feed shows", "entry_ids": [], "why": "you were told of this gap"}','2026-03-07 01:41:00.000000');
INSERT INTO "alerts" VALUES('a1f8f35b4fe539cb1e1a','health','','','source_unhealthy','2026-03-07 03:51:00.000000','{"source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "reason": "HTTP 500 Internal Server Error", "since": "2026-03-07T03:51:00+00:00", "dockets": ["CTR v. IRS (D.D.C. 1:25-cv-00457)"], "case_ids": ["ctr-v-irs"], "why": "this source covers dockets that you watch", "last_good_at": "2026-03-07T02:51:00+00:00"}','2026-03-07 03:51:00.000000');
INSERT INTO "alerts" VALUES('018bef409768226ee0c0','filed','ctr-v-irs','dcd/1:25-cv-00457','order','2026-03-07 05:51:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "9959e9a4af58", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 60, "headline": "Order", "event_names": ["Order"], "text": "", "date_filed": "2026-03-06", "published_at": "2026-03-07T04:51:00+00:00", "first_seen_at": "2026-03-07T05:51:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000060?caseid=800000&de_seq_num=60"}], "kind": "order", "kind_reason": "\u201corder\u201d: the court orders", "ruling": "none", "ruling_reason": "", "is_dispositive": null, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-07 05:51:00.000000');
INSERT INTO "alerts" VALUES('e5adaf434e04f41b3184','filed','ctr-v-irs','dcd/1:25-cv-00457','order','2026-03-07 05:51:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "b47f5e3c6c09", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 61, "headline": "Order on Motion for Reconsideration", "event_names": ["Order on Motion for Reconsideration"], "text": "", "date_filed": "2026-03-06", "published_at": "2026-03-07T04:51:00+00:00", "first_seen_at": "2026-03-07T05:51:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000061?caseid=800000&de_seq_num=61"}], "kind": "order", "kind_reason": "\u201corder on\u201d: the court orders", "ruling": "none", "ruling_reason": "", "is_dispositive": null, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-07 05:51:00.000000');
INSERT INTO "alerts" VALUES('d664843626ba8ff37a61','health','','','source_recovered','2026-03-07 05:51:00.000000','{"source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "reason": "HTTP 500 Internal Server Error", "since": "2026-03-07T03:51:00+00:00", "dockets": ["CTR v. IRS (D.D.C. 1:25-cv-00457)"], "case_ids": ["ctr-v-irs"], "why": "this source covers dockets that you watch", "is_whole": true}','2026-03-07 05:51:00.000000');
INSERT INTO "alerts" VALUES('af14c4517cd918150b62','amended','ctr-v-irs','dcd/1:25-cv-00457','order','2026-03-07 05:51:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "cl:entries:dcd/1:25-cv-00457", "name": "CourtListener entries of dcd/1:25-cv-00457"}, "entries": [{"entry_id": "9959e9a4af58", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 60, "headline": "Order: GRANTED IN PART", "event_names": ["Order"], "text": "ORDER: the motion is GRANTED IN PART.", "date_filed": "2026-03-06", "published_at": "2026-03-07T04:51:00+00:00", "first_seen_at": "2026-03-07T05:51:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000060?caseid=800000&de_seq_num=60"}], "kind": "order", "kind_reason": "\u201corder\u201d: the court orders", "ruling": "granted_in_part", "ruling_reason": "granted in part", "is_dispositive": false, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C.", "changes": [{"kind": "text_filled_in", "field": "", "before": "", "after": "ORDER: the motion is GRANTED IN PART."}], "amends": "018bef409768226ee0c0"}','2026-03-07 05:51:00.000000');
INSERT INTO "alerts" VALUES('6ea2e93c497dfa5e7464','filed','ctr-v-irs','dcd/1:25-cv-00457','judgment','2026-03-07 06:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "2911a6b3a015", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 62, "headline": "Judgment", "event_names": ["Judgment"], "text": "", "date_filed": "2026-03-07", "published_at": "2026-03-07T05:51:00+00:00", "first_seen_at": "2026-03-07T06:01:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000062?caseid=800000&de_seq_num=62"}], "kind": "judgment", "kind_reason": "\u201cjudgment\u201d: judgment is entered", "ruling": "none", "ruling_reason": "", "is_dispositive": true, "acts_on": "", "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-07 06:01:00.000000');
INSERT INTO "alerts" VALUES('242342860404e96d12bb','docket','ctr-v-irs','dcd/1:25-cv-00457','terminated','2026-03-07 06:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "changes": [{"kind": "terminated", "field": "", "before": "", "after": "2026-03-01"}], "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-07 06:01:00.000000');
INSERT INTO "alerts" VALUES('45e08eb79df0ad1bfc74','docket','ctr-v-irs','dcd/1:25-cv-00457','reopened','2026-03-07 06:01:01.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "changes": [{"kind": "reopened", "field": "", "before": "2026-03-01", "after": ""}], "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-07 06:01:00.000000');
INSERT INTO "alerts" VALUES('fc5ec027a5c2046b483a','docket','ctr-v-irs','dcd/1:25-cv-00457','reassigned','2026-03-07 06:01:02.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "changes": [{"kind": "reassigned", "field": "", "before": "Judge A", "after": "Judge B"}], "why": "you watch 1:25-cv-00457 in D.D.C."}','2026-03-07 06:01:00.000000');
INSERT INTO "alerts" VALUES('fe1458adae8b5ea4ab2a','appeal','ctr-v-irs','cadc/26-5007','appeal_proposed','2026-03-07 06:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "cadc/26-5007", "number": "26-5007", "case_name": ""}, "lower_docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": ""}, "court": {"id": "cadc", "citation": "D.C. Cir.", "name": "U.S. Court of Appeals for the District of Columbia Circuit", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entry_id": "d2b019a605c6", "is_certain": false, "coverage": "The feed of the D.C. Cir. carries orders, opinions and judgments only; briefs and notices are seen where CourtListener has them.", "why": "an appeal from 1:25-cv-00457 is followed: its feed shows it"}','2026-03-07 06:01:00.000000');
INSERT INTO "alerts" VALUES('b0af2c6704f4fb96c70b','news','ctr-v-irs','','lead','2026-03-07 06:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "story": {"id": "k9", "title": "Judge blocks IRS", "summary": "Words.", "url": "https://press.example/9", "publisher": "Press", "published_at": "2026-03-07T06:01:00+00:00"}, "score": 0.9, "about": null, "is_lead": true, "why": "it speaks of IRS (score 0.90)"}','2026-03-07 06:01:00.000000');
INSERT INTO "alerts" VALUES('c611010828b653d8804f','news','ctr-v-irs','','news','2026-03-07 06:01:00.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "story": {"id": "k8", "title": "Judge blocks IRS", "summary": "Words.", "url": "https://press.example/9", "publisher": "Press", "published_at": "2026-03-07T06:01:00+00:00"}, "score": 0.9, "about": {"entry_id": "d2b019a605c6", "docket_id": "dcd/1:25-cv-00457", "headline": "Order", "date_filed": "2026-03-04"}, "is_lead": false, "why": "it speaks of IRS (score 0.90)"}','2026-03-07 06:01:00.000000');
INSERT INTO "alerts" VALUES('c6c6440020c2e22619ad','health','','','coverage_changed','2026-03-07 06:01:00.000000','{"source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "reason": "it carried \u201call\u201d and now carries \u201corders\u201d", "since": "2026-03-07T06:01:00+00:00", "dockets": ["CTR v. IRS (D.D.C. 1:25-cv-00457)"], "case_ids": ["ctr-v-irs"], "why": "this source covers dockets that you watch"}','2026-03-07 06:01:00.000000');
INSERT INTO "alerts" VALUES('df675f6e43ec8fa18ba3','amended','ctr-v-irs','dcd/1:25-cv-00457','order','2026-03-07 06:01:03.000000','{"case": {"id": "ctr-v-irs", "label": "CTR v. IRS"}, "docket": {"id": "dcd/1:25-cv-00457", "number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS"}, "court": {"id": "dcd", "citation": "D.D.C.", "name": "U.S. District Court for the District of Columbia", "timezone": "America/New_York"}, "source": {"id": "court:dcd", "name": "D.D.C. court feed"}, "entries": [{"entry_id": "d2b019a605c6", "docket_id": "dcd/1:25-cv-00457", "docket_number": "1:25-cv-00457", "case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "entry_number": 10, "headline": "Order on Motion to Stay", "event_names": ["Order on Motion to Stay"], "text": "ORDER granting 7 Motion to Stay.", "date_filed": "2026-03-04", "published_at": "2026-03-04T15:01:00+00:00", "first_seen_at": "2026-03-04T15:11:00+00:00", "url": "https://ecf.dcd.uscourts.gov/doc1/04500000010?caseid=800000&de_seq_num=10"}], "kind": "order", "kind_reason": "\u201corder granting\u201d: the court orders", "ruling": "granted", "ruling_reason": "granting", "is_dispositive": false, "acts_on": "7", "why": "you watch 1:25-cv-00457 in D.D.C.", "changes": [{"kind": "entry_revised", "field": "same_as", "before": "", "after": "abc"}, {"kind": "entry_revised", "field": "is_withdrawn", "before": "withdrawn", "after": "shown again"}, {"kind": "entry_revised", "field": "event_names", "before": "A", "after": "A\nB"}], "amends": "71be5a40c8d382ca425e"}','2026-03-07 06:01:00.000000');
INSERT INTO "alerts" VALUES('18d7dd76a5a1498eb901','delivery','','','delivery_dead','2026-03-07 06:01:00.000000','{"title": "Messages to other are given up", "paragraphs": ["A delivery to other was refused for good: 550 no.", "It is kept. Mend the address or its server, then: docket-monitor deliveries retry --all-dead"], "why": "you are a recipient of this monitor"}',NULL);
CREATE TABLE allowances (
	rate VARCHAR NOT NULL, 
	"limit" INTEGER NOT NULL, 
	window_seconds INTEGER NOT NULL, 
	used INTEGER NOT NULL, 
	as_of DATETIME, 
	CONSTRAINT pk_allowances PRIMARY KEY (rate)
);
INSERT INTO "allowances" VALUES('125/day',125,86400,0,'2026-03-07 05:51:00.000000');
CREATE TABLE api_calls (
	call_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	source_id VARCHAR NOT NULL, 
	priority INTEGER NOT NULL, 
	CONSTRAINT pk_api_calls PRIMARY KEY (call_id)
);
INSERT INTO "api_calls" VALUES(1,'2026-03-04 15:01:00.000000','cl:entries:dcd/1:25-cv-00457',4);
INSERT INTO "api_calls" VALUES(2,'2026-03-04 15:01:00.000000','cl:documents:dcd/1:25-cv-00457',5);
INSERT INTO "api_calls" VALUES(3,'2026-03-04 15:01:00.000000','cl:entries:dcd/1:25-cv-00457',0);
INSERT INTO "api_calls" VALUES(4,'2026-03-04 15:01:00.000000','cl:documents:dcd/1:25-cv-00457',0);
INSERT INTO "api_calls" VALUES(5,'2026-03-04 15:11:00.000000','cl:entries:dcd/1:25-cv-00457',4);
INSERT INTO "api_calls" VALUES(6,'2026-03-04 15:11:00.000000','cl:docket:dcd/1:25-cv-00457',5);
INSERT INTO "api_calls" VALUES(7,'2026-03-04 15:21:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(8,'2026-03-04 15:31:00.000000','cl:entries:dcd/1:25-cv-00457',4);
INSERT INTO "api_calls" VALUES(9,'2026-03-04 15:41:00.000000','cl:entries:dcd/1:25-cv-00457',4);
INSERT INTO "api_calls" VALUES(10,'2026-03-04 15:51:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(11,'2026-03-04 15:51:00.000000','cl:appeal:ctr-v-irs:dcd/1:25-cv-00457',3);
INSERT INTO "api_calls" VALUES(12,'2026-03-04 16:01:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(13,'2026-03-04 16:01:00.000000','cl:appeal:ctr-v-irs:dcd/1:25-cv-00457',3);
INSERT INTO "api_calls" VALUES(14,'2026-03-04 16:01:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(15,'2026-03-04 16:01:00.000000','cl:documents:cadc/26-5006',5);
INSERT INTO "api_calls" VALUES(16,'2026-03-04 16:01:00.000000','cl:docket:cadc/26-5006',5);
INSERT INTO "api_calls" VALUES(17,'2026-03-04 16:01:00.000000','cl:entries:cadc/26-5006',0);
INSERT INTO "api_calls" VALUES(18,'2026-03-04 16:01:00.000000','cl:documents:cadc/26-5006',0);
INSERT INTO "api_calls" VALUES(19,'2026-03-04 16:11:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(20,'2026-03-04 16:11:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(21,'2026-03-04 16:21:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(22,'2026-03-04 16:21:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(23,'2026-03-04 16:31:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(24,'2026-03-04 16:31:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(25,'2026-03-04 16:41:00.000000','cl:entries:dcd/1:25-cv-00457',4);
INSERT INTO "api_calls" VALUES(26,'2026-03-04 16:41:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(27,'2026-03-04 22:41:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(28,'2026-03-04 22:41:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(29,'2026-03-06 22:41:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(30,'2026-03-06 22:41:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(31,'2026-03-06 22:41:00.000000','cl:documents:dcd/1:25-cv-00457',5);
INSERT INTO "api_calls" VALUES(32,'2026-03-06 22:41:00.000000','cl:docket:dcd/1:25-cv-00457',5);
INSERT INTO "api_calls" VALUES(33,'2026-03-06 22:41:00.000000','cl:documents:cadc/26-5006',5);
INSERT INTO "api_calls" VALUES(34,'2026-03-06 22:41:00.000000','cl:docket:cadc/26-5006',5);
INSERT INTO "api_calls" VALUES(35,'2026-03-07 00:31:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(36,'2026-03-07 00:31:00.000000','cl:entries:cadc/26-5006',2);
INSERT INTO "api_calls" VALUES(37,'2026-03-07 00:31:00.000000','cl:documents:dcd/1:25-cv-00457',5);
INSERT INTO "api_calls" VALUES(38,'2026-03-07 00:31:00.000000','cl:docket:dcd/1:25-cv-00457',5);
INSERT INTO "api_calls" VALUES(39,'2026-03-07 00:31:00.000000','cl:entries:dcd/1:25-cv-00457',0);
INSERT INTO "api_calls" VALUES(40,'2026-03-07 00:31:00.000000','cl:documents:cadc/26-5006',5);
INSERT INTO "api_calls" VALUES(41,'2026-03-07 00:31:00.000000','cl:docket:cadc/26-5006',5);
INSERT INTO "api_calls" VALUES(42,'2026-03-07 01:41:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(43,'2026-03-07 01:41:00.000000','cl:entries:cadc/26-5006',2);
INSERT INTO "api_calls" VALUES(44,'2026-03-07 02:51:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(45,'2026-03-07 02:51:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(46,'2026-03-07 03:11:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(47,'2026-03-07 03:11:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(48,'2026-03-07 03:31:00.000000','cl:entries:dcd/1:25-cv-00457',4);
INSERT INTO "api_calls" VALUES(49,'2026-03-07 03:31:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(50,'2026-03-07 03:51:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(51,'2026-03-07 03:51:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(52,'2026-03-07 04:51:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(53,'2026-03-07 04:51:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(54,'2026-03-07 05:51:00.000000','cl:entries:dcd/1:25-cv-00457',4);
INSERT INTO "api_calls" VALUES(55,'2026-03-07 05:51:00.000000','cl:entries:cadc/26-5006',4);
INSERT INTO "api_calls" VALUES(56,'2026-03-07 06:01:00.000000','cl:entries:dcd/1:25-cv-00457',1);
INSERT INTO "api_calls" VALUES(57,'2026-03-07 06:01:00.000000','cl:entries:cadc/26-5006',4);
CREATE TABLE attempts (
	attempt_id INTEGER NOT NULL, 
	delivery_id VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	result VARCHAR NOT NULL, 
	detail TEXT NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (attempt_id), 
	CONSTRAINT fk_attempts_delivery_id_deliveries FOREIGN KEY(delivery_id) REFERENCES deliveries (delivery_id)
);
INSERT INTO "attempts" VALUES(1,'d66e504adf310e51bc10.hook','2026-03-04 15:01:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(2,'d66e504adf310e51bc10.desk','2026-03-04 15:01:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(3,'71be5a40c8d382ca425e.hook','2026-03-04 15:11:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(4,'71be5a40c8d382ca425e.desk','2026-03-04 15:11:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(5,'f25346d4ec134b9a2fba.desk','2026-03-04 15:21:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(6,'f25346d4ec134b9a2fba.hook','2026-03-04 15:21:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(7,'de7d72afa0fda5bbcde8.desk','2026-03-04 15:31:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(8,'de7d72afa0fda5bbcde8.hook','2026-03-04 15:31:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(9,'b999dbf6b2d36f5ad79b.hook','2026-03-04 15:41:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(10,'b999dbf6b2d36f5ad79b.desk','2026-03-04 15:41:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(11,'3142e22ef3055af25ef5.desk','2026-03-04 15:51:00.000000','dead','desk@example.org: 550 no such user');
INSERT INTO "attempts" VALUES(12,'3142e22ef3055af25ef5.hook','2026-03-04 15:51:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(13,'859c6ab1e5590692f575.hook','2026-03-04 15:51:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(14,'859c6ab1e5590692f575.desk','2026-03-04 15:51:00.000000','dead','desk@example.org: 550 no such user');
INSERT INTO "attempts" VALUES(15,'137ff1b28e73b910f0bd.desk','2026-03-04 16:01:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(16,'137ff1b28e73b910f0bd.hook','2026-03-04 16:01:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(17,'7c1c9d42d04f883d5029.hook','2026-03-04 16:01:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(18,'7c1c9d42d04f883d5029.desk','2026-03-04 16:01:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(19,'b256625a63f6c3daba30.hook','2026-03-04 16:01:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(20,'b256625a63f6c3daba30.desk','2026-03-04 16:01:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(21,'c1ecc1cb3d2bfad42998.hook','2026-03-04 16:01:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(22,'c1ecc1cb3d2bfad42998.desk','2026-03-04 16:01:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(23,'e24bcfa2deadb78928e6.hook','2026-03-04 16:01:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(24,'e24bcfa2deadb78928e6.desk','2026-03-04 16:01:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(25,'a617d6b231db8d610470.hook','2026-03-04 16:41:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(26,'a617d6b231db8d610470.desk','2026-03-04 16:41:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(27,'46fcee63f6c6281a97f1.hook','2026-03-04 22:41:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(28,'46fcee63f6c6281a97f1.desk','2026-03-04 22:41:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(29,'cc29fe2ebba2ef61eb31.hook','2026-03-04 22:41:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(30,'cc29fe2ebba2ef61eb31.desk','2026-03-04 22:41:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(31,'2b82685663d456d244b2.desk','2026-03-06 22:41:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(32,'2b82685663d456d244b2.hook','2026-03-06 22:41:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(33,'ca0869fa9bc4bedf2812.hook','2026-03-06 22:41:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(34,'ca0869fa9bc4bedf2812.desk','2026-03-06 22:41:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(35,'18a8974c4e8da4a17ddc.hook','2026-03-07 00:31:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(36,'18a8974c4e8da4a17ddc.desk','2026-03-07 00:31:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(37,'30d2eadc4448d2a631e3.hook','2026-03-07 01:41:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(38,'30d2eadc4448d2a631e3.desk','2026-03-07 01:41:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(39,'e0577928459caa671c8a.hook','2026-03-07 01:41:00.000000','accepted','HTTP 200 ok');
INSERT INTO "attempts" VALUES(40,'e0577928459caa671c8a.desk','2026-03-07 01:41:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(41,'a1f8f35b4fe539cb1e1a.desk','2026-03-07 03:51:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(42,'a1f8f35b4fe539cb1e1a.hook','2026-03-07 03:51:00.000000','pending','HTTP 500 <html>Something is wrong.</html>');
INSERT INTO "attempts" VALUES(43,'a1f8f35b4fe539cb1e1a.hook','2026-03-07 04:51:00.000000','pending','HTTP 500 <html>Something is wrong.</html>');
INSERT INTO "attempts" VALUES(44,'a1f8f35b4fe539cb1e1a.hook','2026-03-07 05:51:00.000000','pending','HTTP 500 <html>Something is wrong.</html>');
INSERT INTO "attempts" VALUES(45,'018bef409768226ee0c0.desk','2026-03-07 05:51:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(46,'af14c4517cd918150b62.desk','2026-03-07 05:51:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(47,'d664843626ba8ff37a61.desk','2026-03-07 05:51:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(48,'e5adaf434e04f41b3184.desk','2026-03-07 05:51:00.000000','accepted','kept');
INSERT INTO "attempts" VALUES(49,'018bef409768226ee0c0.hook','2026-03-07 05:51:00.000000','pending','HTTP 500 <html>Something is wrong.</html>');
CREATE TABLE baselines (
	watch_id VARCHAR NOT NULL, 
	source_id VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_baselines PRIMARY KEY (watch_id, source_id), 
	CONSTRAINT fk_baselines_source_id_sources FOREIGN KEY(source_id) REFERENCES sources (source_id), 
	CONSTRAINT fk_baselines_watch_id_watches FOREIGN KEY(watch_id) REFERENCES watches (watch_id)
);
INSERT INTO "baselines" VALUES('ctr-v-irs/dcd/1:25-cv-00457','court:dcd','2026-03-04 15:01:00.000000');
INSERT INTO "baselines" VALUES('ctr-v-irs/dcd/1:25-cv-00457','cl:entries:dcd/1:25-cv-00457','2026-03-04 15:01:00.000000');
INSERT INTO "baselines" VALUES('ctr-v-irs/dcd/1:25-cv-00457','cl:documents:dcd/1:25-cv-00457','2026-03-04 15:01:00.000000');
INSERT INTO "baselines" VALUES('ctr-v-irs/cadc/26-5006','cl:entries:cadc/26-5006','2026-03-04 16:01:00.000000');
INSERT INTO "baselines" VALUES('ctr-v-irs/cadc/26-5006','cl:documents:cadc/26-5006','2026-03-04 16:01:00.000000');
INSERT INTO "baselines" VALUES('ctr-v-irs/cadc/26-5006','court:cadc','2026-03-04 16:11:00.000000');
CREATE TABLE changes (
	change_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	source_id VARCHAR NOT NULL, 
	entry_id VARCHAR, 
	docket_id VARCHAR, 
	detail JSON NOT NULL, 
	CONSTRAINT pk_changes PRIMARY KEY (change_id)
);
INSERT INTO "changes" VALUES(1,'2026-03-04 15:01:00.000000','entry_filed','court:dcd','c7e7130885d3',NULL,'{}');
INSERT INTO "changes" VALUES(2,'2026-03-04 15:01:00.000000','story_published','news:press',NULL,NULL,'{"item_key": "demo-0", "case_id": "ctr-v-irs"}');
INSERT INTO "changes" VALUES(3,'2026-03-04 15:11:00.000000','entry_filed','court:dcd','d2b019a605c6',NULL,'{}');
INSERT INTO "changes" VALUES(4,'2026-03-04 15:21:00.000000','text_filled_in','cl:entries:dcd/1:25-cv-00457','d2b019a605c6',NULL,'{"after": "ORDER denying 7 Motion to Stay.", "before": ""}');
INSERT INTO "changes" VALUES(5,'2026-03-04 15:31:00.000000','entry_revised','cl:entries:dcd/1:25-cv-00457','d2b019a605c6',NULL,'{"field": "text", "before": "ORDER denying 7 Motion to Stay.", "after": "ORDER granting 7 Motion to Stay."}');
INSERT INTO "changes" VALUES(6,'2026-03-04 15:41:00.000000','entry_filed','court:dcd','7deb2a6b99c1',NULL,'{}');
INSERT INTO "changes" VALUES(7,'2026-03-04 15:51:00.000000','entry_filed','court:dcd','a677d3b5d00d',NULL,'{}');
INSERT INTO "changes" VALUES(8,'2026-03-04 16:01:00.000000','entry_filed','court:dcd','84281f92bc0f',NULL,'{}');
INSERT INTO "changes" VALUES(9,'2026-03-04 16:01:00.000000','appeal_docketed','court:dcd',NULL,'dcd/1:25-cv-00457','{"after": "cadc/26-5006", "before": ""}');
INSERT INTO "changes" VALUES(10,'2026-03-04 16:01:00.000000','story_published','news:press',NULL,NULL,'{"item_key": "demo-1", "case_id": "ctr-v-irs"}');
INSERT INTO "changes" VALUES(11,'2026-03-04 16:01:00.000000','text_filled_in','cl:entries:dcd/1:25-cv-00457','84281f92bc0f',NULL,'{"after": "USCA Case Number 26-5006 for 12 Notice", "before": ""}');
INSERT INTO "changes" VALUES(12,'2026-03-04 16:01:00.000000','appeal_docketed','cl:entries:dcd/1:25-cv-00457',NULL,'dcd/1:25-cv-00457','{"after": "cadc/26-5006", "before": ""}');
INSERT INTO "changes" VALUES(13,'2026-03-04 16:41:00.000000','entry_withdrawn','court:dcd','84281f92bc0f',NULL,'{}');
INSERT INTO "changes" VALUES(14,'2026-03-04 22:41:00.000000','entry_filed','court:dcd','4039d9e2ca62',NULL,'{}');
INSERT INTO "changes" VALUES(15,'2026-03-04 22:41:00.000000','entry_filed','court:dcd','a80f51c70039',NULL,'{}');
INSERT INTO "changes" VALUES(16,'2026-03-04 22:41:00.000000','entry_filed','court:dcd','1a6d8c2c2d72',NULL,'{}');
INSERT INTO "changes" VALUES(17,'2026-03-04 22:41:00.000000','entry_filed','court:dcd','7c7b607e8ebb',NULL,'{}');
INSERT INTO "changes" VALUES(18,'2026-03-04 22:41:00.000000','entry_filed','court:dcd','eb800f064772',NULL,'{}');
INSERT INTO "changes" VALUES(19,'2026-03-04 22:41:00.000000','entry_filed','court:dcd','2c2838ebd5b7',NULL,'{}');
INSERT INTO "changes" VALUES(20,'2026-03-04 22:41:00.000000','entry_filed','court:dcd','7eda120dbfd5',NULL,'{}');
INSERT INTO "changes" VALUES(21,'2026-03-04 22:41:00.000000','entry_filed','court:dcd','b89de634103b',NULL,'{}');
INSERT INTO "changes" VALUES(22,'2026-03-06 22:41:00.000000','gap_opened','court:dcd',NULL,NULL,'{"from_at": "2026-03-04T22:41:00+00:00", "until_at": "2026-03-05T22:41:00+00:00", "reason": "longer than the 24 hours that the feed shows"}');
INSERT INTO "changes" VALUES(23,'2026-03-06 22:41:00.000000','gap_opened','court:cadc',NULL,NULL,'{"from_at": "2026-03-04T22:41:00+00:00", "until_at": "2026-03-05T22:41:00+00:00", "reason": "longer than the 24 hours that the feed shows"}');
INSERT INTO "changes" VALUES(24,'2026-03-07 00:31:00.000000','entry_filed','cl:entries:dcd/1:25-cv-00457','99a718d9a93b',NULL,'{}');
INSERT INTO "changes" VALUES(25,'2026-03-07 01:41:00.000000','gap_closed','court:dcd',NULL,NULL,'{"from_at": "2026-03-04T22:41:00+00:00", "until_at": "2026-03-05T22:41:00+00:00", "reason": "longer than the 24 hours that the feed shows"}');
INSERT INTO "changes" VALUES(26,'2026-03-07 01:41:00.000000','gap_closed','court:cadc',NULL,NULL,'{"from_at": "2026-03-04T22:41:00+00:00", "until_at": "2026-03-05T22:41:00+00:00", "reason": "longer than the 24 hours that the feed shows"}');
INSERT INTO "changes" VALUES(27,'2026-03-07 03:51:00.000000','source_unhealthy','court:dcd',NULL,NULL,'{"after": "HTTP 500 Internal Server Error", "before": ""}');
INSERT INTO "changes" VALUES(28,'2026-03-07 05:51:00.000000','entry_filed','court:dcd','9959e9a4af58',NULL,'{}');
INSERT INTO "changes" VALUES(29,'2026-03-07 05:51:00.000000','entry_filed','court:dcd','b47f5e3c6c09',NULL,'{}');
INSERT INTO "changes" VALUES(30,'2026-03-07 05:51:00.000000','source_recovered','court:dcd',NULL,NULL,'{"before": "HTTP 500 Internal Server Error", "after": ""}');
INSERT INTO "changes" VALUES(31,'2026-03-07 05:51:00.000000','text_filled_in','cl:entries:dcd/1:25-cv-00457','9959e9a4af58',NULL,'{"after": "ORDER: the motion is GRANTED IN PART.", "before": ""}');
INSERT INTO "changes" VALUES(32,'2026-03-07 06:01:00.000000','entry_filed','court:dcd','2911a6b3a015',NULL,'{}');
CREATE TABLE deliveries (
	delivery_id VARCHAR NOT NULL, 
	alert_id VARCHAR NOT NULL, 
	recipient VARCHAR NOT NULL, 
	route VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_attempt_at DATETIME NOT NULL, 
	last_error TEXT NOT NULL, 
	lease VARCHAR NOT NULL, 
	lease_until DATETIME, 
	created_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_deliveries PRIMARY KEY (delivery_id), 
	CONSTRAINT fk_deliveries_alert_id_alerts FOREIGN KEY(alert_id) REFERENCES alerts (alert_id), 
	CONSTRAINT uq_deliveries_alert_id_recipient UNIQUE (alert_id, recipient)
);
INSERT INTO "deliveries" VALUES('d66e504adf310e51bc10.desk','d66e504adf310e51bc10','desk','everything','sent',1,'2026-03-04 15:01:00.000000','','',NULL,'2026-03-04 15:01:00.000000','2026-03-04 15:01:00.000000');
INSERT INTO "deliveries" VALUES('d66e504adf310e51bc10.hook','d66e504adf310e51bc10','hook','everything','sent',1,'2026-03-04 15:01:00.000000','','',NULL,'2026-03-04 15:01:00.000000','2026-03-04 15:01:00.000000');
INSERT INTO "deliveries" VALUES('71be5a40c8d382ca425e.desk','71be5a40c8d382ca425e','desk','everything','sent',1,'2026-03-04 15:11:00.000000','','',NULL,'2026-03-04 15:11:00.000000','2026-03-04 15:11:00.000000');
INSERT INTO "deliveries" VALUES('71be5a40c8d382ca425e.hook','71be5a40c8d382ca425e','hook','everything','sent',1,'2026-03-04 15:11:00.000000','','',NULL,'2026-03-04 15:11:00.000000','2026-03-04 15:11:00.000000');
INSERT INTO "deliveries" VALUES('f25346d4ec134b9a2fba.desk','f25346d4ec134b9a2fba','desk','everything','sent',1,'2026-03-04 15:21:00.000000','','',NULL,'2026-03-04 15:21:00.000000','2026-03-04 15:21:00.000000');
INSERT INTO "deliveries" VALUES('f25346d4ec134b9a2fba.hook','f25346d4ec134b9a2fba','hook','everything','sent',1,'2026-03-04 15:21:00.000000','','',NULL,'2026-03-04 15:21:00.000000','2026-03-04 15:21:00.000000');
INSERT INTO "deliveries" VALUES('de7d72afa0fda5bbcde8.desk','de7d72afa0fda5bbcde8','desk','everything','sent',1,'2026-03-04 15:31:00.000000','','',NULL,'2026-03-04 15:31:00.000000','2026-03-04 15:31:00.000000');
INSERT INTO "deliveries" VALUES('de7d72afa0fda5bbcde8.hook','de7d72afa0fda5bbcde8','hook','everything','sent',1,'2026-03-04 15:31:00.000000','','',NULL,'2026-03-04 15:31:00.000000','2026-03-04 15:31:00.000000');
INSERT INTO "deliveries" VALUES('b999dbf6b2d36f5ad79b.desk','b999dbf6b2d36f5ad79b','desk','everything','sent',1,'2026-03-04 15:41:00.000000','','',NULL,'2026-03-04 15:41:00.000000','2026-03-04 15:41:00.000000');
INSERT INTO "deliveries" VALUES('b999dbf6b2d36f5ad79b.hook','b999dbf6b2d36f5ad79b','hook','everything','sent',1,'2026-03-04 15:41:00.000000','','',NULL,'2026-03-04 15:41:00.000000','2026-03-04 15:41:00.000000');
INSERT INTO "deliveries" VALUES('3142e22ef3055af25ef5.desk','3142e22ef3055af25ef5','desk','everything','dead',1,'2026-03-04 15:51:00.000000','desk@example.org: 550 no such user','',NULL,'2026-03-04 15:51:00.000000',NULL);
INSERT INTO "deliveries" VALUES('3142e22ef3055af25ef5.hook','3142e22ef3055af25ef5','hook','everything','sent',1,'2026-03-04 15:51:00.000000','','',NULL,'2026-03-04 15:51:00.000000','2026-03-04 15:51:00.000000');
INSERT INTO "deliveries" VALUES('859c6ab1e5590692f575.desk','859c6ab1e5590692f575','desk','everything','dead',1,'2026-03-04 15:51:00.000000','desk@example.org: 550 no such user','',NULL,'2026-03-04 15:51:00.000000',NULL);
INSERT INTO "deliveries" VALUES('859c6ab1e5590692f575.hook','859c6ab1e5590692f575','hook','everything','sent',1,'2026-03-04 15:51:00.000000','','',NULL,'2026-03-04 15:51:00.000000','2026-03-04 15:51:00.000000');
INSERT INTO "deliveries" VALUES('7c1c9d42d04f883d5029.desk','7c1c9d42d04f883d5029','desk','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('7c1c9d42d04f883d5029.hook','7c1c9d42d04f883d5029','hook','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('137ff1b28e73b910f0bd.desk','137ff1b28e73b910f0bd','desk','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('137ff1b28e73b910f0bd.hook','137ff1b28e73b910f0bd','hook','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('c1ecc1cb3d2bfad42998.desk','c1ecc1cb3d2bfad42998','desk','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('c1ecc1cb3d2bfad42998.hook','c1ecc1cb3d2bfad42998','hook','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('b256625a63f6c3daba30.desk','b256625a63f6c3daba30','desk','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('b256625a63f6c3daba30.hook','b256625a63f6c3daba30','hook','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('e24bcfa2deadb78928e6.desk','e24bcfa2deadb78928e6','desk','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('e24bcfa2deadb78928e6.hook','e24bcfa2deadb78928e6','hook','everything','sent',1,'2026-03-04 16:01:00.000000','','',NULL,'2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000');
INSERT INTO "deliveries" VALUES('a617d6b231db8d610470.desk','a617d6b231db8d610470','desk','everything','sent',1,'2026-03-04 16:41:00.000000','','',NULL,'2026-03-04 16:41:00.000000','2026-03-04 16:41:00.000000');
INSERT INTO "deliveries" VALUES('a617d6b231db8d610470.hook','a617d6b231db8d610470','hook','everything','sent',1,'2026-03-04 16:41:00.000000','','',NULL,'2026-03-04 16:41:00.000000','2026-03-04 16:41:00.000000');
INSERT INTO "deliveries" VALUES('46fcee63f6c6281a97f1.desk','46fcee63f6c6281a97f1','desk','everything','sent',1,'2026-03-04 22:41:00.000000','','',NULL,'2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000');
INSERT INTO "deliveries" VALUES('46fcee63f6c6281a97f1.hook','46fcee63f6c6281a97f1','hook','everything','sent',1,'2026-03-04 22:41:00.000000','','',NULL,'2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000');
INSERT INTO "deliveries" VALUES('cc29fe2ebba2ef61eb31.desk','cc29fe2ebba2ef61eb31','desk','everything','sent',1,'2026-03-04 22:41:00.000000','','',NULL,'2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000');
INSERT INTO "deliveries" VALUES('cc29fe2ebba2ef61eb31.hook','cc29fe2ebba2ef61eb31','hook','everything','sent',1,'2026-03-04 22:41:00.000000','','',NULL,'2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000');
INSERT INTO "deliveries" VALUES('2b82685663d456d244b2.desk','2b82685663d456d244b2','desk','everything','sent',1,'2026-03-06 22:41:00.000000','','',NULL,'2026-03-06 22:41:00.000000','2026-03-06 22:41:00.000000');
INSERT INTO "deliveries" VALUES('2b82685663d456d244b2.hook','2b82685663d456d244b2','hook','everything','sent',1,'2026-03-06 22:41:00.000000','','',NULL,'2026-03-06 22:41:00.000000','2026-03-06 22:41:00.000000');
INSERT INTO "deliveries" VALUES('ca0869fa9bc4bedf2812.desk','ca0869fa9bc4bedf2812','desk','everything','sent',1,'2026-03-06 22:41:00.000000','','',NULL,'2026-03-06 22:41:00.000000','2026-03-06 22:41:00.000000');
INSERT INTO "deliveries" VALUES('ca0869fa9bc4bedf2812.hook','ca0869fa9bc4bedf2812','hook','everything','sent',1,'2026-03-06 22:41:00.000000','','',NULL,'2026-03-06 22:41:00.000000','2026-03-06 22:41:00.000000');
INSERT INTO "deliveries" VALUES('18a8974c4e8da4a17ddc.desk','18a8974c4e8da4a17ddc','desk','everything','sent',1,'2026-03-07 00:31:00.000000','','',NULL,'2026-03-07 00:31:00.000000','2026-03-07 00:31:00.000000');
INSERT INTO "deliveries" VALUES('18a8974c4e8da4a17ddc.hook','18a8974c4e8da4a17ddc','hook','everything','sent',1,'2026-03-07 00:31:00.000000','','',NULL,'2026-03-07 00:31:00.000000','2026-03-07 00:31:00.000000');
INSERT INTO "deliveries" VALUES('e0577928459caa671c8a.desk','e0577928459caa671c8a','desk','everything','sent',1,'2026-03-07 01:41:00.000000','','',NULL,'2026-03-07 01:41:00.000000','2026-03-07 01:41:00.000000');
INSERT INTO "deliveries" VALUES('e0577928459caa671c8a.hook','e0577928459caa671c8a','hook','everything','sent',1,'2026-03-07 01:41:00.000000','','',NULL,'2026-03-07 01:41:00.000000','2026-03-07 01:41:00.000000');
INSERT INTO "deliveries" VALUES('30d2eadc4448d2a631e3.desk','30d2eadc4448d2a631e3','desk','everything','sent',1,'2026-03-07 01:41:00.000000','','',NULL,'2026-03-07 01:41:00.000000','2026-03-07 01:41:00.000000');
INSERT INTO "deliveries" VALUES('30d2eadc4448d2a631e3.hook','30d2eadc4448d2a631e3','hook','everything','sent',1,'2026-03-07 01:41:00.000000','','',NULL,'2026-03-07 01:41:00.000000','2026-03-07 01:41:00.000000');
INSERT INTO "deliveries" VALUES('a1f8f35b4fe539cb1e1a.desk','a1f8f35b4fe539cb1e1a','desk','everything','sent',1,'2026-03-07 03:51:00.000000','','',NULL,'2026-03-07 03:51:00.000000','2026-03-07 03:51:00.000000');
INSERT INTO "deliveries" VALUES('a1f8f35b4fe539cb1e1a.hook','a1f8f35b4fe539cb1e1a','hook','everything','pending',3,'2026-03-07 05:51:20.000000','HTTP 500 <html>Something is wrong.</html>','',NULL,'2026-03-07 03:51:00.000000',NULL);
INSERT INTO "deliveries" VALUES('018bef409768226ee0c0.desk','018bef409768226ee0c0','desk','everything','sent',1,'2026-03-07 05:51:00.000000','','',NULL,'2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000');
INSERT INTO "deliveries" VALUES('018bef409768226ee0c0.hook','018bef409768226ee0c0','hook','everything','pending',1,'2026-03-07 05:51:05.000000','HTTP 500 <html>Something is wrong.</html>','',NULL,'2026-03-07 05:51:00.000000',NULL);
INSERT INTO "deliveries" VALUES('e5adaf434e04f41b3184.desk','e5adaf434e04f41b3184','desk','everything','sent',1,'2026-03-07 05:51:00.000000','','',NULL,'2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000');
INSERT INTO "deliveries" VALUES('e5adaf434e04f41b3184.hook','e5adaf434e04f41b3184','hook','everything','pending',0,'2026-03-07 05:51:00.000000','','',NULL,'2026-03-07 05:51:00.000000',NULL);
INSERT INTO "deliveries" VALUES('d664843626ba8ff37a61.desk','d664843626ba8ff37a61','desk','everything','sent',1,'2026-03-07 05:51:00.000000','','',NULL,'2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000');
INSERT INTO "deliveries" VALUES('d664843626ba8ff37a61.hook','d664843626ba8ff37a61','hook','everything','pending',0,'2026-03-07 05:51:00.000000','','',NULL,'2026-03-07 05:51:00.000000',NULL);
INSERT INTO "deliveries" VALUES('af14c4517cd918150b62.desk','af14c4517cd918150b62','desk','everything','sent',1,'2026-03-07 05:51:00.000000','','',NULL,'2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000');
INSERT INTO "deliveries" VALUES('af14c4517cd918150b62.hook','af14c4517cd918150b62','hook','everything','pending',0,'2026-03-07 05:51:00.000000','','',NULL,'2026-03-07 05:51:00.000000',NULL);
INSERT INTO "deliveries" VALUES('6ea2e93c497dfa5e7464.desk','6ea2e93c497dfa5e7464','desk','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('6ea2e93c497dfa5e7464.hook','6ea2e93c497dfa5e7464','hook','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('242342860404e96d12bb.desk','242342860404e96d12bb','desk','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('242342860404e96d12bb.hook','242342860404e96d12bb','hook','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('fe1458adae8b5ea4ab2a.desk','fe1458adae8b5ea4ab2a','desk','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('fe1458adae8b5ea4ab2a.hook','fe1458adae8b5ea4ab2a','hook','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('b0af2c6704f4fb96c70b.desk','b0af2c6704f4fb96c70b','desk','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('b0af2c6704f4fb96c70b.hook','b0af2c6704f4fb96c70b','hook','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('c611010828b653d8804f.desk','c611010828b653d8804f','desk','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('c611010828b653d8804f.hook','c611010828b653d8804f','hook','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('c6c6440020c2e22619ad.desk','c6c6440020c2e22619ad','desk','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('c6c6440020c2e22619ad.hook','c6c6440020c2e22619ad','hook','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('45e08eb79df0ad1bfc74.desk','45e08eb79df0ad1bfc74','desk','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('45e08eb79df0ad1bfc74.hook','45e08eb79df0ad1bfc74','hook','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('fc5ec027a5c2046b483a.desk','fc5ec027a5c2046b483a','desk','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('fc5ec027a5c2046b483a.hook','fc5ec027a5c2046b483a','hook','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('df675f6e43ec8fa18ba3.desk','df675f6e43ec8fa18ba3','desk','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
INSERT INTO "deliveries" VALUES('df675f6e43ec8fa18ba3.hook','df675f6e43ec8fa18ba3','hook','everything','pending',0,'2026-03-07 06:01:00.000000','','',NULL,'2026-03-07 06:01:00.000000',NULL);
CREATE TABLE dockets (
	docket_id VARCHAR NOT NULL, 
	court_id VARCHAR NOT NULL, 
	docket_number VARCHAR NOT NULL, 
	case_name TEXT NOT NULL, 
	case_name_at DATETIME, 
	cl_docket_id BIGINT, 
	assigned_to VARCHAR NOT NULL, 
	date_filed DATE, 
	date_terminated DATE, 
	CONSTRAINT pk_dockets PRIMARY KEY (docket_id), 
	CONSTRAINT uq_dockets_court_id_docket_number UNIQUE (court_id, docket_number)
);
INSERT INTO "dockets" VALUES('dcd/1:25-cv-00457','dcd','1:25-cv-00457','CENTER FOR TAXPAYER RIGHTS v. IRS','2026-03-04 15:01:00.000000',900000,'',NULL,NULL);
INSERT INTO "dockets" VALUES('cadc/26-5006','cadc','26-5006','Center for Taxpayer Rights v. IRS',NULL,900002,'',NULL,NULL);
CREATE TABLE documents (
	entry_id VARCHAR NOT NULL, 
	document_id VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	attachment_number INTEGER, 
	description TEXT NOT NULL, 
	url TEXT NOT NULL, 
	is_available BOOLEAN NOT NULL, 
	is_sealed BOOLEAN NOT NULL, 
	CONSTRAINT pk_documents PRIMARY KEY (entry_id, document_id), 
	CONSTRAINT fk_documents_entry_id_entries FOREIGN KEY(entry_id) REFERENCES entries (entry_id)
);
INSERT INTO "documents" VALUES('c7e7130885d3','04500000001','1',NULL,'Complaint','https://ecf.dcd.uscourts.gov/doc1/04500000001?caseid=800000&de_seq_num=1',0,0);
INSERT INTO "documents" VALUES('d2b019a605c6','04500000010','10',NULL,'Order on Motion to Stay','https://ecf.dcd.uscourts.gov/doc1/04500000010?caseid=800000&de_seq_num=10',0,0);
INSERT INTO "documents" VALUES('7deb2a6b99c1','04500000011','11',NULL,'Motion to Dismiss','https://ecf.dcd.uscourts.gov/doc1/04500000011?caseid=800000&de_seq_num=11',0,0);
INSERT INTO "documents" VALUES('a677d3b5d00d','04500000012','12',NULL,'Notice of Appeal','https://ecf.dcd.uscourts.gov/doc1/04500000012?caseid=800000&de_seq_num=12',0,0);
INSERT INTO "documents" VALUES('4039d9e2ca62','04500000030','30',NULL,'Order 30','https://ecf.dcd.uscourts.gov/doc1/04500000030?caseid=800000&de_seq_num=30',0,0);
INSERT INTO "documents" VALUES('a80f51c70039','04500000031','31',NULL,'Order 31','https://ecf.dcd.uscourts.gov/doc1/04500000031?caseid=800000&de_seq_num=31',0,0);
INSERT INTO "documents" VALUES('1a6d8c2c2d72','04500000032','32',NULL,'Order 32','https://ecf.dcd.uscourts.gov/doc1/04500000032?caseid=800000&de_seq_num=32',0,0);
INSERT INTO "documents" VALUES('7c7b607e8ebb','04500000033','33',NULL,'Order 33','https://ecf.dcd.uscourts.gov/doc1/04500000033?caseid=800000&de_seq_num=33',0,0);
INSERT INTO "documents" VALUES('eb800f064772','04500000034','34',NULL,'Order 34','https://ecf.dcd.uscourts.gov/doc1/04500000034?caseid=800000&de_seq_num=34',0,0);
INSERT INTO "documents" VALUES('2c2838ebd5b7','04500000035','35',NULL,'Order 35','https://ecf.dcd.uscourts.gov/doc1/04500000035?caseid=800000&de_seq_num=35',0,0);
INSERT INTO "documents" VALUES('7eda120dbfd5','04500000036','36',NULL,'Order 36','https://ecf.dcd.uscourts.gov/doc1/04500000036?caseid=800000&de_seq_num=36',0,0);
INSERT INTO "documents" VALUES('b89de634103b','04500000037','37',NULL,'Order 37','https://ecf.dcd.uscourts.gov/doc1/04500000037?caseid=800000&de_seq_num=37',0,0);
INSERT INTO "documents" VALUES('99a718d9a93b','04500000050','50',NULL,'Order Vacating','http://127.0.0.1:45935/docket/900000/50/demo/',0,0);
INSERT INTO "documents" VALUES('9959e9a4af58','04500000060','60',NULL,'Order','https://ecf.dcd.uscourts.gov/doc1/04500000060?caseid=800000&de_seq_num=60',0,0);
INSERT INTO "documents" VALUES('b47f5e3c6c09','04500000061','61',NULL,'Order on Motion for Reconsideration','https://ecf.dcd.uscourts.gov/doc1/04500000061?caseid=800000&de_seq_num=61',0,0);
INSERT INTO "documents" VALUES('2911a6b3a015','04500000062','62',NULL,'Judgment','https://ecf.dcd.uscourts.gov/doc1/04500000062?caseid=800000&de_seq_num=62',0,0);
CREATE TABLE entries (
	entry_id VARCHAR NOT NULL, 
	docket_id VARCHAR NOT NULL, 
	entry_number BIGINT, 
	event_names JSON NOT NULL, 
	text TEXT NOT NULL, 
	date_filed DATE, 
	published_at DATETIME, 
	first_seen_at DATETIME NOT NULL, 
	url TEXT NOT NULL, 
	possible_duplicate_of VARCHAR NOT NULL, 
	is_withdrawn BOOLEAN NOT NULL, merged_into VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_entries PRIMARY KEY (entry_id), 
	CONSTRAINT fk_entries_docket_id_dockets FOREIGN KEY(docket_id) REFERENCES dockets (docket_id)
);
INSERT INTO "entries" VALUES('c7e7130885d3','dcd/1:25-cv-00457',1,'["Complaint"]','','2026-03-04','2026-03-04 15:00:00.000000','2026-03-04 15:01:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000001?caseid=800000&de_seq_num=1','',0,'');
INSERT INTO "entries" VALUES('d2b019a605c6','dcd/1:25-cv-00457',10,'["Order on Motion to Stay"]','ORDER granting 7 Motion to Stay.','2026-03-04','2026-03-04 15:01:00.000000','2026-03-04 15:11:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000010?caseid=800000&de_seq_num=10','',0,'');
INSERT INTO "entries" VALUES('7deb2a6b99c1','dcd/1:25-cv-00457',11,'["Motion to Dismiss"]','','2026-03-04','2026-03-04 15:31:00.000000','2026-03-04 15:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000011?caseid=800000&de_seq_num=11','',0,'');
INSERT INTO "entries" VALUES('a677d3b5d00d','dcd/1:25-cv-00457',12,'["Notice of Appeal"]','','2026-03-04','2026-03-04 15:41:00.000000','2026-03-04 15:51:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000012?caseid=800000&de_seq_num=12','',0,'');
INSERT INTO "entries" VALUES('84281f92bc0f','dcd/1:25-cv-00457',NULL,'["USCA Case Number 26-5006"]','USCA Case Number 26-5006 for 12 Notice','2026-03-04','2026-03-04 15:51:00.000000','2026-03-04 16:01:00.000000','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000','',1,'');
INSERT INTO "entries" VALUES('4039d9e2ca62','dcd/1:25-cv-00457',30,'["Order 30"]','','2026-03-04','2026-03-04 17:41:00.000000','2026-03-04 22:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000030?caseid=800000&de_seq_num=30','',0,'');
INSERT INTO "entries" VALUES('a80f51c70039','dcd/1:25-cv-00457',31,'["Order 31"]','','2026-03-04','2026-03-04 17:41:00.000000','2026-03-04 22:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000031?caseid=800000&de_seq_num=31','',0,'');
INSERT INTO "entries" VALUES('1a6d8c2c2d72','dcd/1:25-cv-00457',32,'["Order 32"]','','2026-03-04','2026-03-04 17:41:00.000000','2026-03-04 22:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000032?caseid=800000&de_seq_num=32','',0,'');
INSERT INTO "entries" VALUES('7c7b607e8ebb','dcd/1:25-cv-00457',33,'["Order 33"]','','2026-03-04','2026-03-04 17:41:00.000000','2026-03-04 22:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000033?caseid=800000&de_seq_num=33','',0,'');
INSERT INTO "entries" VALUES('eb800f064772','dcd/1:25-cv-00457',34,'["Order 34"]','','2026-03-04','2026-03-04 17:41:00.000000','2026-03-04 22:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000034?caseid=800000&de_seq_num=34','',0,'');
INSERT INTO "entries" VALUES('2c2838ebd5b7','dcd/1:25-cv-00457',35,'["Order 35"]','','2026-03-04','2026-03-04 17:41:00.000000','2026-03-04 22:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000035?caseid=800000&de_seq_num=35','',0,'');
INSERT INTO "entries" VALUES('7eda120dbfd5','dcd/1:25-cv-00457',36,'["Order 36"]','','2026-03-04','2026-03-04 17:41:00.000000','2026-03-04 22:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000036?caseid=800000&de_seq_num=36','',0,'');
INSERT INTO "entries" VALUES('b89de634103b','dcd/1:25-cv-00457',37,'["Order 37"]','','2026-03-04','2026-03-04 17:41:00.000000','2026-03-04 22:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000037?caseid=800000&de_seq_num=37','',0,'');
INSERT INTO "entries" VALUES('99a718d9a93b','dcd/1:25-cv-00457',50,'["Order Vacating"]','','2026-03-04','2026-03-05 00:41:00.000000','2026-03-07 00:31:00.000000','http://127.0.0.1:45935/docket/900000/50/demo/','',0,'');
INSERT INTO "entries" VALUES('9959e9a4af58','dcd/1:25-cv-00457',60,'["Order"]','ORDER: the motion is GRANTED IN PART.','2026-03-06','2026-03-07 04:51:00.000000','2026-03-07 05:51:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000060?caseid=800000&de_seq_num=60','',0,'');
INSERT INTO "entries" VALUES('b47f5e3c6c09','dcd/1:25-cv-00457',61,'["Order on Motion for Reconsideration"]','','2026-03-06','2026-03-07 04:51:00.000000','2026-03-07 05:51:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000061?caseid=800000&de_seq_num=61','',0,'');
INSERT INTO "entries" VALUES('2911a6b3a015','dcd/1:25-cv-00457',62,'["Judgment"]','','2026-03-07','2026-03-07 05:51:00.000000','2026-03-07 06:01:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000062?caseid=800000&de_seq_num=62','',0,'');
CREATE TABLE entry_keys (
	"key" VARCHAR NOT NULL, 
	entry_id VARCHAR NOT NULL, 
	CONSTRAINT pk_entry_keys PRIMARY KEY ("key"), 
	CONSTRAINT fk_entry_keys_entry_id_entries FOREIGN KEY(entry_id) REFERENCES entries (entry_id)
);
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:1','c7e7130885d3');
INSERT INTO "entry_keys" VALUES('cl:70001','c7e7130885d3');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:10','d2b019a605c6');
INSERT INTO "entry_keys" VALUES('cl:70010','d2b019a605c6');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:11','7deb2a6b99c1');
INSERT INTO "entry_keys" VALUES('cl:70011','7deb2a6b99c1');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:12','a677d3b5d00d');
INSERT INTO "entry_keys" VALUES('cl:70012','a677d3b5d00d');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:21','84281f92bc0f');
INSERT INTO "entry_keys" VALUES('cl:70021','84281f92bc0f');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:30','4039d9e2ca62');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:31','a80f51c70039');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:32','1a6d8c2c2d72');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:33','7c7b607e8ebb');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:34','eb800f064772');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:35','2c2838ebd5b7');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:36','7eda120dbfd5');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:37','b89de634103b');
INSERT INTO "entry_keys" VALUES('cl:70030','4039d9e2ca62');
INSERT INTO "entry_keys" VALUES('cl:70031','a80f51c70039');
INSERT INTO "entry_keys" VALUES('cl:70032','1a6d8c2c2d72');
INSERT INTO "entry_keys" VALUES('cl:70033','7c7b607e8ebb');
INSERT INTO "entry_keys" VALUES('cl:70034','eb800f064772');
INSERT INTO "entry_keys" VALUES('cl:70035','2c2838ebd5b7');
INSERT INTO "entry_keys" VALUES('cl:70036','7eda120dbfd5');
INSERT INTO "entry_keys" VALUES('cl:70037','b89de634103b');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:50','99a718d9a93b');
INSERT INTO "entry_keys" VALUES('cl:70050','99a718d9a93b');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:60','9959e9a4af58');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:61','b47f5e3c6c09');
INSERT INTO "entry_keys" VALUES('cl:70060','9959e9a4af58');
INSERT INTO "entry_keys" VALUES('cl:70061','b47f5e3c6c09');
INSERT INTO "entry_keys" VALUES('dcd:seq:800000:62','2911a6b3a015');
INSERT INTO "entry_keys" VALUES('cl:70062','2911a6b3a015');
CREATE TABLE follows (
	follow_id VARCHAR NOT NULL, 
	lower_docket_id VARCHAR NOT NULL, 
	court_id VARCHAR NOT NULL, 
	appeal_number VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	entry_id VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	case_id VARCHAR NOT NULL, 
	case_label VARCHAR NOT NULL, 
	at DATETIME NOT NULL, caption TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_follows PRIMARY KEY (follow_id)
);
INSERT INTO "follows" VALUES('ctr-v-irs: dcd/1:25-cv-00457>cadc/26-5006','dcd/1:25-cv-00457','cadc','26-5006','bound','84281f92bc0f','USCA Case Number 26-5006','ctr-v-irs','CTR v. IRS','2026-03-04 15:51:00.000000','CENTER FOR TAXPAYER RIGHTS v. IRS');
CREATE TABLE gaps (
	source_id VARCHAR NOT NULL, 
	from_at DATETIME NOT NULL, 
	until_at DATETIME NOT NULL, 
	reason TEXT NOT NULL, 
	opened_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT pk_gaps PRIMARY KEY (source_id, from_at), 
	CONSTRAINT fk_gaps_source_id_sources FOREIGN KEY(source_id) REFERENCES sources (source_id)
);
INSERT INTO "gaps" VALUES('court:dcd','2026-03-04 22:41:00.000000','2026-03-05 22:41:00.000000','longer than the 24 hours that the feed shows','2026-03-06 22:41:00.000000','2026-03-07 01:41:00.000000');
INSERT INTO "gaps" VALUES('court:cadc','2026-03-04 22:41:00.000000','2026-03-05 22:41:00.000000','longer than the 24 hours that the feed shows','2026-03-06 22:41:00.000000','2026-03-07 01:41:00.000000');
CREATE TABLE quota (
	name VARCHAR NOT NULL, 
	blocked_until DATETIME, 
	CONSTRAINT pk_quota PRIMARY KEY (name)
);
INSERT INTO "quota" VALUES('courtlistener',NULL);
CREATE TABLE sightings (
	source_id VARCHAR NOT NULL, 
	sighting_key VARCHAR NOT NULL, 
	entry_id VARCHAR NOT NULL, 
	words_hash VARCHAR NOT NULL, 
	entry_number BIGINT, 
	event_name TEXT NOT NULL, 
	text TEXT NOT NULL, 
	date_filed DATE, 
	published_at DATETIME, 
	url TEXT NOT NULL, 
	first_seen_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, docket_id VARCHAR DEFAULT '' NOT NULL, entry_keys JSON DEFAULT '[]' NOT NULL, documents JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_sightings PRIMARY KEY (source_id, sighting_key), 
	CONSTRAINT fk_sightings_entry_id_entries FOREIGN KEY(entry_id) REFERENCES entries (entry_id), 
	CONSTRAINT fk_sightings_source_id_sources FOREIGN KEY(source_id) REFERENCES sources (source_id)
);
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&1|Complaint','c7e7130885d3','250f96f6f303054d989468ba',1,'Complaint','','2026-03-04','2026-03-04 15:00:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000001?caseid=800000&de_seq_num=1','2026-03-04 15:01:00.000000','2026-03-04 15:01:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:1"]','[["04500000001", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70001','c7e7130885d3','033ac8af1b0296a552368af1',1,'Complaint','','2026-03-04','2026-03-04 15:00:00.000000','http://127.0.0.1:45935/docket/900000/1/demo/','2026-03-04 15:01:00.000000','2026-03-04 15:01:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:1", "cl:70001"]','[["04500000001", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&10|Order on Motion to Stay','d2b019a605c6','d17076a123bcc30036f775a2',10,'Order on Motion to Stay','','2026-03-04','2026-03-04 15:01:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000010?caseid=800000&de_seq_num=10','2026-03-04 15:11:00.000000','2026-03-04 15:11:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:10"]','[["04500000010", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70010','d2b019a605c6','d2192a3b0525d0e7dcb6b4da',10,'Order on Motion to Stay','ORDER granting 7 Motion to Stay.','2026-03-04','2026-03-04 15:21:00.000000','http://127.0.0.1:45935/docket/900000/10/demo/','2026-03-04 15:11:00.000000','2026-03-04 15:31:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:10", "cl:70010"]','[["04500000010", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&11|Motion to Dismiss','7deb2a6b99c1','f455b0e887d9762aa4085a17',11,'Motion to Dismiss','','2026-03-04','2026-03-04 15:31:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000011?caseid=800000&de_seq_num=11','2026-03-04 15:41:00.000000','2026-03-04 15:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:11"]','[["04500000011", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70011','7deb2a6b99c1','9fc868d3dc5e2ed266a33f59',11,'Motion to Dismiss','','2026-03-04','2026-03-04 15:31:00.000000','http://127.0.0.1:45935/docket/900000/11/demo/','2026-03-04 15:41:00.000000','2026-03-04 15:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:11", "cl:70011"]','[["04500000011", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&12|Notice of Appeal','a677d3b5d00d','1443f5abb0fe44f507ba1dc8',12,'Notice of Appeal','','2026-03-04','2026-03-04 15:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000012?caseid=800000&de_seq_num=12','2026-03-04 15:51:00.000000','2026-03-04 15:51:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:12"]','[["04500000012", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70012','a677d3b5d00d','4aaa972acf387f7a7c30e089',12,'Notice of Appeal','','2026-03-04','2026-03-04 15:41:00.000000','http://127.0.0.1:45935/docket/900000/12/demo/','2026-03-04 15:51:00.000000','2026-03-04 15:51:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:12", "cl:70012"]','[["04500000012", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&21|USCA Case Number 26-5006','84281f92bc0f','ea46445d30968082f5f921e5',NULL,'USCA Case Number 26-5006','','2026-03-04','2026-03-04 15:51:00.000000','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000','2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:21"]','[]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70021','84281f92bc0f','2b4b167a49d7476a4663374a',NULL,'USCA Case Number 26-5006','USCA Case Number 26-5006 for 12 Notice','2026-03-04','2026-03-04 15:51:00.000000','http://127.0.0.1:45935/docket/900000/demo/?order_by=desc#minute-entry-70021','2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:21", "cl:70021"]','[]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&30|Order 30','4039d9e2ca62','e3677f8179ded77f7a72dcfc',30,'Order 30','','2026-03-04','2026-03-04 17:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000030?caseid=800000&de_seq_num=30','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:30"]','[["04500000030", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&31|Order 31','a80f51c70039','b1a9a301e5f5a2554311b054',31,'Order 31','','2026-03-04','2026-03-04 17:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000031?caseid=800000&de_seq_num=31','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:31"]','[["04500000031", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&32|Order 32','1a6d8c2c2d72','11f999fda39a74e3b5dc058e',32,'Order 32','','2026-03-04','2026-03-04 17:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000032?caseid=800000&de_seq_num=32','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:32"]','[["04500000032", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&33|Order 33','7c7b607e8ebb','7734183c9df3db60c78e1af9',33,'Order 33','','2026-03-04','2026-03-04 17:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000033?caseid=800000&de_seq_num=33','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:33"]','[["04500000033", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&34|Order 34','eb800f064772','3c867488700478b738f0c635',34,'Order 34','','2026-03-04','2026-03-04 17:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000034?caseid=800000&de_seq_num=34','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:34"]','[["04500000034", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&35|Order 35','2c2838ebd5b7','ba2ca0554193e05e487d6d84',35,'Order 35','','2026-03-04','2026-03-04 17:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000035?caseid=800000&de_seq_num=35','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:35"]','[["04500000035", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&36|Order 36','7eda120dbfd5','c0e3aa1e4394f92a4bc33cbc',36,'Order 36','','2026-03-04','2026-03-04 17:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000036?caseid=800000&de_seq_num=36','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:36"]','[["04500000036", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&37|Order 37','b89de634103b','fd79e742a565a13060ef88b0',37,'Order 37','','2026-03-04','2026-03-04 17:41:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000037?caseid=800000&de_seq_num=37','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:37"]','[["04500000037", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70030','4039d9e2ca62','d62c8fe00ae8e111fd8065c5',30,'Order 30','','2026-03-04','2026-03-04 17:41:00.000000','http://127.0.0.1:45935/docket/900000/30/demo/','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:30", "cl:70030"]','[["04500000030", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70031','a80f51c70039','1e6384ada95da5d3863b7d31',31,'Order 31','','2026-03-04','2026-03-04 17:41:00.000000','http://127.0.0.1:45935/docket/900000/31/demo/','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:31", "cl:70031"]','[["04500000031", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70032','1a6d8c2c2d72','12dd1d23d5ec5891c6bafbe3',32,'Order 32','','2026-03-04','2026-03-04 17:41:00.000000','http://127.0.0.1:45935/docket/900000/32/demo/','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:32", "cl:70032"]','[["04500000032", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70033','7c7b607e8ebb','4847864c4006c93ebddd0010',33,'Order 33','','2026-03-04','2026-03-04 17:41:00.000000','http://127.0.0.1:45935/docket/900000/33/demo/','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:33", "cl:70033"]','[["04500000033", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70034','eb800f064772','df3e47f449f23a3f91d8e380',34,'Order 34','','2026-03-04','2026-03-04 17:41:00.000000','http://127.0.0.1:45935/docket/900000/34/demo/','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:34", "cl:70034"]','[["04500000034", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70035','2c2838ebd5b7','fbf176ecda28d3bfc2565406',35,'Order 35','','2026-03-04','2026-03-04 17:41:00.000000','http://127.0.0.1:45935/docket/900000/35/demo/','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:35", "cl:70035"]','[["04500000035", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70036','7eda120dbfd5','0dd2363aea7448bd941d9aea',36,'Order 36','','2026-03-04','2026-03-04 17:41:00.000000','http://127.0.0.1:45935/docket/900000/36/demo/','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:36", "cl:70036"]','[["04500000036", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70037','b89de634103b','7056d2d2eae0a504ca127b23',37,'Order 37','','2026-03-04','2026-03-04 17:41:00.000000','http://127.0.0.1:45935/docket/900000/37/demo/','2026-03-04 22:41:00.000000','2026-03-04 22:41:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:37", "cl:70037"]','[["04500000037", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70050','99a718d9a93b','b0fc9d3bbf7631b53b0923c7',50,'Order Vacating','','2026-03-04','2026-03-05 00:41:00.000000','http://127.0.0.1:45935/docket/900000/50/demo/','2026-03-07 00:31:00.000000','2026-03-07 00:31:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:50", "cl:70050"]','[["04500000050", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&60|Order','9959e9a4af58','144a4c1576a8d6e6772816af',60,'Order','','2026-03-06','2026-03-07 04:51:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000060?caseid=800000&de_seq_num=60','2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:60"]','[["04500000060", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&61|Order on Motion for Reconsideration','b47f5e3c6c09','81394442d26ef54b7fc6fb12',61,'Order on Motion for Reconsideration','','2026-03-06','2026-03-07 04:51:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000061?caseid=800000&de_seq_num=61','2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:61"]','[["04500000061", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70060','9959e9a4af58','faf2c55716a83ea94e7b67aa',60,'Order','ORDER: the motion is GRANTED IN PART.','2026-03-06','2026-03-07 04:51:00.000000','http://127.0.0.1:45935/docket/900000/60/demo/','2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:60", "cl:70060"]','[["04500000060", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70061','b47f5e3c6c09','f89a8ea7bb2ab692e7c636a0',61,'Order on Motion for Reconsideration','','2026-03-06','2026-03-07 04:51:00.000000','http://127.0.0.1:45935/docket/900000/61/demo/','2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:61", "cl:70061"]','[["04500000061", null]]');
INSERT INTO "sightings" VALUES('court:dcd','https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&62|Judgment','2911a6b3a015','091de4542bbad718c1d4c0c4',62,'Judgment','','2026-03-07','2026-03-07 05:51:00.000000','https://ecf.dcd.uscourts.gov/doc1/04500000062?caseid=800000&de_seq_num=62','2026-03-07 06:01:00.000000','2026-03-07 06:01:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:62"]','[["04500000062", null]]');
INSERT INTO "sightings" VALUES('cl:entries:dcd/1:25-cv-00457','cl:70062','2911a6b3a015','b18b39c569cd47ba05960583',62,'Judgment','','2026-03-07','2026-03-07 05:51:00.000000','http://127.0.0.1:45935/docket/900000/62/demo/','2026-03-07 06:01:00.000000','2026-03-07 06:01:00.000000','dcd/1:25-cv-00457','["dcd:seq:800000:62", "cl:70062"]','[["04500000062", null]]');
CREATE TABLE sources (
	source_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	court_id VARCHAR NOT NULL, 
	docket_number VARCHAR NOT NULL, 
	cl_docket_id BIGINT, 
	publisher VARCHAR NOT NULL, 
	every_seconds INTEGER NOT NULL, 
	origin VARCHAR NOT NULL, 
	enabled BOOLEAN NOT NULL, 
	next_due_at DATETIME NOT NULL, 
	last_polled_at DATETIME, 
	last_good_at DATETIME, 
	failures INTEGER NOT NULL, 
	last_error TEXT NOT NULL, 
	note TEXT NOT NULL, 
	incomplete INTEGER NOT NULL, 
	unhealthy_since DATETIME, 
	etag VARCHAR NOT NULL, 
	last_modified VARCHAR NOT NULL, 
	cursor VARCHAR NOT NULL, 
	built_at DATETIME, 
	covered_since DATETIME, 
	covered_until DATETIME, 
	region_hash BLOB NOT NULL, 
	fingerprints BLOB NOT NULL, 
	sieve VARCHAR NOT NULL, 
	newest_at DATETIME, 
	description TEXT NOT NULL, 
	lease VARCHAR NOT NULL, 
	lease_until DATETIME, kept JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_sources PRIMARY KEY (source_id)
);
INSERT INTO "sources" VALUES('court:dcd','court_rss','D.D.C. court feed','http://127.0.0.1:45935/dcd/feed','dcd','',NULL,'',600,'config',1,'2026-03-07 06:11:00.000000','2026-03-07 06:01:00.000000','2026-03-07 06:01:00.000000',0,'','',0,NULL,'','','','2026-03-07 06:01:00.000000','2026-03-05 22:41:00.000000','2026-03-07 06:01:00.000000',X'6798C55A91135F9E628D883D96DDC7BF',X'1E6158188983FC9B1A8F2DF10430B90921874E9D09749C24F73E7BE19E5F74E9ACD74369060E5E32071957997B5DE523','8edf646f1a4b8f80','2026-03-07 05:51:00.000000','Docket entries of type: all','',NULL,'[["21874e9d09749c24f73e7be19e5f74e9", "https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&61|Order on Motion for Reconsideration", "2026-03-07T04:51:00+00:00"], ["acd74369060e5e32071957997b5de523", "https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&60|Order", "2026-03-07T04:51:00+00:00"], ["1e6158188983fc9b1a8f2df10430b909", "https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?800000&62|Judgment", "2026-03-07T05:51:00+00:00"]]');
INSERT INTO "sources" VALUES('cl:entries:dcd/1:25-cv-00457','courtlistener_entries','CourtListener entries of dcd/1:25-cv-00457','http://127.0.0.1:45935/api/rest/v4/','dcd','1:25-cv-00457',NULL,'',600,'config',1,'2026-03-07 06:03:00.000000','2026-03-07 06:01:00.000000','2026-03-07 06:01:00.000000',0,'','',0,NULL,'','','{"case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "docket": 900000, "mark": "2026-03-07T05:51:00+00:00", "newest": "", "next": "", "pacer_case_id": "800000", "page": "http://127.0.0.1:45935/docket/900000/demo/"}',NULL,'2026-03-04 15:01:00.000000','2026-03-07 06:01:00.000000',X'',X'','8edf646f1a4b8f80',NULL,'','',NULL,'[]');
INSERT INTO "sources" VALUES('cl:documents:dcd/1:25-cv-00457','courtlistener_documents','CourtListener documents of dcd/1:25-cv-00457','http://127.0.0.1:45935/api/rest/v4/','dcd','1:25-cv-00457',NULL,'',86400,'config',1,'2026-03-08 00:31:00.000000','2026-03-07 00:31:00.000000','2026-03-07 00:31:00.000000',0,'','',0,NULL,'','','{"case_name": "CENTER FOR TAXPAYER RIGHTS v. IRS", "docket": 900000, "mark": "", "newest": "", "next": "", "pacer_case_id": "800000", "page": "http://127.0.0.1:45935/docket/900000/demo/"}',NULL,'2026-03-04 15:01:00.000000','2026-03-07 00:31:00.000000',X'',X'','8edf646f1a4b8f80',NULL,'','',NULL,'[]');
INSERT INTO "sources" VALUES('cl:docket:dcd/1:25-cv-00457','courtlistener_docket','CourtListener docket of dcd/1:25-cv-00457','http://127.0.0.1:45935/api/rest/v4/','dcd','1:25-cv-00457',NULL,'',86400,'config',1,'2026-03-08 00:31:00.000000','2026-03-07 00:31:00.000000','2026-03-07 00:31:00.000000',0,'','',0,NULL,'','','{"case_name": "", "docket": 900000, "mark": "", "newest": "", "next": "", "pacer_case_id": "", "page": ""}',NULL,'2026-03-04 15:11:00.000000','2026-03-07 00:31:00.000000',X'',X'','',NULL,'','',NULL,'[]');
INSERT INTO "sources" VALUES('news:press','news','press','http://127.0.0.1:45935/news.xml','','',NULL,'',1800,'config',1,'2026-03-07 06:21:00.000000','2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000',0,'','',0,NULL,'','','',NULL,'2026-03-04 15:01:00.000000','2026-03-07 05:51:00.000000',X'7848B6904E487C4A6B2C65682300DAE3',X'','',NULL,'','',NULL,'[]');
INSERT INTO "sources" VALUES('cl:usage','courtlistener_usage','CourtListener quota','http://127.0.0.1:45935/api/rest/v4/','','',NULL,'',3600,'config',1,'2026-03-07 06:51:00.000000','2026-03-07 05:51:00.000000','2026-03-07 05:51:00.000000',0,'','used: 0 of 125/day',0,NULL,'','','',NULL,'2026-03-04 15:01:00.000000','2026-03-07 05:51:00.000000',X'',X'','',NULL,'','',NULL,'[]');
INSERT INTO "sources" VALUES('court:cadc','court_rss','D.C. Cir. court feed','http://127.0.0.1:45935/cadc/feed','cadc','',NULL,'',600,'config',1,'2026-03-07 06:11:00.000000','2026-03-07 06:01:00.000000','2026-03-07 06:01:00.000000',0,'','',0,NULL,'','','','2026-03-07 06:01:00.000000','2026-03-05 22:41:00.000000','2026-03-07 06:01:00.000000',X'7BFE73B02D096705C2D7D82C4C3FC7A0',X'','8edf646f1a4b8f80',NULL,'Docket entries of type: orders,opinions,judgments','',NULL,'[]');
INSERT INTO "sources" VALUES('cl:appeal:ctr-v-irs:dcd/1:25-cv-00457','courtlistener_appeal','CourtListener search for the appeal from dcd/1:25-cv-00457','http://127.0.0.1:45935/api/rest/v4/','cadc','',NULL,'CENTER FOR TAXPAYER RIGHTS v. IRS',600,'config',0,'2026-03-04 16:11:00.000000','2026-03-04 16:01:00.000000','2026-03-04 16:01:00.000000',0,'','CourtListener shows 0 dockets there that may be it',0,NULL,'','','',NULL,'2026-03-04 15:51:00.000000','2026-03-04 16:01:00.000000',X'',X'','',NULL,'','',NULL,'[]');
INSERT INTO "sources" VALUES('cl:entries:cadc/26-5006','courtlistener_entries','CourtListener entries of cadc/26-5006','http://127.0.0.1:45935/api/rest/v4/','cadc','26-5006',NULL,'',600,'config',1,'2026-03-07 06:11:00.000000','2026-03-07 06:01:00.000000','2026-03-07 06:01:00.000000',0,'','',0,NULL,'','','{"case_name": "Center for Taxpayer Rights v. IRS", "docket": 900002, "mark": "", "newest": "", "next": "", "pacer_case_id": "", "page": "http://127.0.0.1:45935/docket/900002/demo/"}',NULL,'2026-03-04 16:01:00.000000','2026-03-07 06:01:00.000000',X'',X'','8edf646f1a4b8f80',NULL,'','',NULL,'[]');
INSERT INTO "sources" VALUES('cl:documents:cadc/26-5006','courtlistener_documents','CourtListener documents of cadc/26-5006','http://127.0.0.1:45935/api/rest/v4/','cadc','26-5006',NULL,'',86400,'config',1,'2026-03-08 00:31:00.000000','2026-03-07 00:31:00.000000','2026-03-07 00:31:00.000000',0,'','',0,NULL,'','','{"case_name": "Center for Taxpayer Rights v. IRS", "docket": 900002, "mark": "", "newest": "", "next": "", "pacer_case_id": "", "page": "http://127.0.0.1:45935/docket/900002/demo/"}',NULL,'2026-03-04 16:01:00.000000','2026-03-07 00:31:00.000000',X'',X'','8edf646f1a4b8f80',NULL,'','',NULL,'[]');
INSERT INTO "sources" VALUES('cl:docket:cadc/26-5006','courtlistener_docket','CourtListener docket of cadc/26-5006','http://127.0.0.1:45935/api/rest/v4/','cadc','26-5006',NULL,'',86400,'config',1,'2026-03-08 00:31:00.000000','2026-03-07 00:31:00.000000','2026-03-07 00:31:00.000000',0,'','',0,NULL,'','','{"case_name": "", "docket": 900002, "mark": "", "newest": "", "next": "", "pacer_case_id": "", "page": ""}',NULL,'2026-03-04 16:01:00.000000','2026-03-07 00:31:00.000000',X'',X'','',NULL,'','',NULL,'[]');
CREATE TABLE stories (
	source_id VARCHAR NOT NULL, 
	item_key VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	url TEXT NOT NULL, 
	publisher TEXT NOT NULL, 
	published_at DATETIME, 
	first_seen_at DATETIME NOT NULL, 
	matches JSON NOT NULL, story_id VARCHAR DEFAULT '' NOT NULL, entry_id VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT pk_stories PRIMARY KEY (source_id, item_key), 
	CONSTRAINT fk_stories_source_id_sources FOREIGN KEY(source_id) REFERENCES sources (source_id)
);
INSERT INTO "stories" VALUES('news:press','demo-0','Center for Taxpayer Rights argues','','https://news.example/0','','2026-03-04 15:00:00.000000','2026-03-04 15:01:00.000000','[{"case_id": "ctr-v-irs", "words": ["Center for Taxpayer Rights"], "score": 1.0}]','demo-0','');
INSERT INTO "stories" VALUES('news:press','demo-1','Judge rules for Center for Taxpayer Rights','','https://news.example/1','','2026-03-04 15:50:00.000000','2026-03-04 16:01:00.000000','[{"case_id": "ctr-v-irs", "words": ["Center for Taxpayer Rights"], "score": 1.0}]','demo-1','d2b019a605c6');
CREATE TABLE unreadable (
	source_id VARCHAR NOT NULL, 
	raw_hash VARCHAR NOT NULL, 
	raw TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_unreadable PRIMARY KEY (source_id, raw_hash), 
	CONSTRAINT fk_unreadable_source_id_sources FOREIGN KEY(source_id) REFERENCES sources (source_id)
);
CREATE TABLE wants (
	want_id VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	source_id VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	priority INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	next_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	CONSTRAINT pk_wants PRIMARY KEY (want_id)
);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:7deb2a6b99c1','text','cl:entries:dcd/1:25-cv-00457','7deb2a6b99c1',1,'2026-03-04 15:41:00.000000','2026-03-08 00:31:00.000000',6);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:a677d3b5d00d','text','cl:entries:dcd/1:25-cv-00457','a677d3b5d00d',1,'2026-03-04 15:51:00.000000','2026-03-08 00:31:00.000000',6);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:4039d9e2ca62','text','cl:entries:dcd/1:25-cv-00457','4039d9e2ca62',1,'2026-03-04 22:41:00.000000','2026-03-07 09:51:00.000000',5);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:a80f51c70039','text','cl:entries:dcd/1:25-cv-00457','a80f51c70039',1,'2026-03-04 22:41:00.000000','2026-03-07 09:51:00.000000',5);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:1a6d8c2c2d72','text','cl:entries:dcd/1:25-cv-00457','1a6d8c2c2d72',1,'2026-03-04 22:41:00.000000','2026-03-07 09:51:00.000000',5);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:7c7b607e8ebb','text','cl:entries:dcd/1:25-cv-00457','7c7b607e8ebb',1,'2026-03-04 22:41:00.000000','2026-03-07 09:51:00.000000',5);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:eb800f064772','text','cl:entries:dcd/1:25-cv-00457','eb800f064772',1,'2026-03-04 22:41:00.000000','2026-03-07 09:51:00.000000',5);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:2c2838ebd5b7','text','cl:entries:dcd/1:25-cv-00457','2c2838ebd5b7',1,'2026-03-04 22:41:00.000000','2026-03-07 09:51:00.000000',5);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:7eda120dbfd5','text','cl:entries:dcd/1:25-cv-00457','7eda120dbfd5',1,'2026-03-04 22:41:00.000000','2026-03-07 09:51:00.000000',5);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:b89de634103b','text','cl:entries:dcd/1:25-cv-00457','b89de634103b',1,'2026-03-04 22:41:00.000000','2026-03-07 09:51:00.000000',5);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:99a718d9a93b','text','cl:entries:dcd/1:25-cv-00457','99a718d9a93b',1,'2026-03-07 00:31:00.000000','2026-03-07 10:51:00.000000',5);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:b47f5e3c6c09','text','cl:entries:dcd/1:25-cv-00457','b47f5e3c6c09',1,'2026-03-07 05:51:00.000000','2026-03-07 06:06:00.000000',2);
INSERT INTO "wants" VALUES('text:cl:entries:dcd/1:25-cv-00457:2911a6b3a015','text','cl:entries:dcd/1:25-cv-00457','2911a6b3a015',1,'2026-03-07 06:01:00.000000','2026-03-07 06:03:00.000000',1);
CREATE TABLE watches (
	watch_id VARCHAR NOT NULL, 
	case_id VARCHAR NOT NULL, 
	case_label VARCHAR NOT NULL, 
	court_id VARCHAR NOT NULL, 
	docket_number VARCHAR NOT NULL, 
	cl_docket_id BIGINT, 
	since DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	told_at DATETIME, 
	CONSTRAINT pk_watches PRIMARY KEY (watch_id)
);
INSERT INTO "watches" VALUES('ctr-v-irs/dcd/1:25-cv-00457','ctr-v-irs','CTR v. IRS','dcd','1:25-cv-00457',NULL,'2026-03-04 15:00:00.000000','active','config','2026-03-04 15:01:00.000000');
INSERT INTO "watches" VALUES('ctr-v-irs/cadc/26-5006','ctr-v-irs','CTR v. IRS','cadc','26-5006',NULL,'2026-03-04 16:01:00.000000','active','follow','2026-03-04 16:01:00.000000');
CREATE INDEX ix_alerts_routed_at_created_at ON alerts (routed_at, created_at);
CREATE INDEX ix_changes_at ON changes (at);
CREATE INDEX ix_changes_docket_id ON changes (docket_id);
CREATE INDEX ix_changes_entry_id ON changes (entry_id);
CREATE INDEX ix_sources_next_due_at ON sources (next_due_at);
CREATE INDEX ix_deliveries_state_next_attempt_at ON deliveries (state, next_attempt_at);
CREATE INDEX ix_entries_docket_id_date_filed ON entries (docket_id, date_filed);
CREATE INDEX ix_entries_docket_id_entry_number ON entries (docket_id, entry_number);
CREATE INDEX ix_entries_first_seen_at ON entries (first_seen_at);
CREATE INDEX ix_stories_first_seen_at ON stories (first_seen_at);
CREATE INDEX ix_attempts_delivery_id ON attempts (delivery_id);
CREATE INDEX ix_documents_document_id ON documents (document_id);
CREATE INDEX ix_entry_keys_entry_id ON entry_keys (entry_id);
CREATE INDEX ix_sightings_entry_id ON sightings (entry_id);
CREATE INDEX ix_follows_lower_docket_id ON follows (lower_docket_id);
CREATE INDEX ix_api_calls_at ON api_calls (at);
CREATE INDEX ix_wants_source_id ON wants (source_id);
CREATE INDEX ix_wants_subject ON wants (subject);
COMMIT;

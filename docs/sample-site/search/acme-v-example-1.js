docketEntries("acme-v-example", "Acme v. Example (invented)", [["dcd/1:26-cv-08888","ACME TAX CLINIC v. EXAMPLE AGENCY"],["cadc/26-5888","Acme Tax Clinic v. Example Agency, et al"]], [
["fe9c2d1b26bf.html",30,"2026-01-06","D.D.C. 26-cv-8888","dcd","1:26-cv-08888","order","granted","Order on Motion for Preliminary Injunction: GRANTED","ORDER granting 12 Motion for Preliminary Injunction (invented)"],
["49fa86d0eb17.html",31,"2026-01-11","D.D.C. 26-cv-8888","dcd","1:26-cv-08888","notice_of_appeal","none","Notice of Appeal to DC Circuit Court","NOTICE OF APPEAL TO DC CIRCUIT COURT as to 30 Order (invented)"],
["23d2bfece974.html",null,"2026-01-15","D.C. Cir. 26-5888","cadc","26-5888","order","none","Clerk's Order Filed","CLERK'S ORDER setting the briefing schedule (invented)"],
["0b4954a56280.html",null,"2026-01-21","D.C. Cir. 26-5888","cadc","26-5888","judgment","vacated","Per Curiam Judgment Filed (No Opinion): VACATED","JUDGMENT that the preliminary injunction be VACATED and the case REMANDED (invented)"],
["cf53e6192eb6.html",40,"2026-01-26","D.D.C. 26-cv-8888","dcd","1:26-cv-08888","appeal_related","none","USCA Mandate","MANDATE of USCA as to 31 Notice of Appeal (invented)"]
]);

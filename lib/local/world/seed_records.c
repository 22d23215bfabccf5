/* Records and entries. References are written by what is unique: domains and e-mail addresses. "@0"
 * in an actor's id is the first member. */
#include "base/mem.h"
#include "local/world/seed.h"

static const struct seed_record records[] = {
	{"companies", "analytical-engines", NULL, "2026-01-05T09:10:12.345000000Z", 0,
	 "{\"domains\":[\"analytical-engines.example\"],\"name\":\"Analytical Engines\"}",
	 "{\"description\":\"Calculating machines for science and "
	 "insurance.\",\"categories\":[\"B2B\",\"Manufacturing\"],\"logo_url\":\"https://"
	 "logos.local.example/analytical-engines.png\",\"linkedin\":\"https://www.linkedin.com/"
	 "company/"
	 "analytical-engines\",\"employee_range\":\"51-250\",\"primary_location\":{\"line_1\":\"12 "
	 "St James's "
	 "Square\",\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"London\","
	 "\"region\":\"England\",\"postcode\":\"SW1Y "
	 "4LB\",\"country_code\":\"GB\",\"latitude\":\"51.507222\",\"longitude\":\"-0.133889\"},"
	 "\"estimated_arr_usd\":\"$10M-$50M\",\"funding_raised_usd\":24000000,\"foundation_date\":"
	 "\"1991-06-10\",\"twitter\":\"https://twitter.com/"
	 "analytical_engines\",\"twitter_follower_count\":1250}"},
	{"companies", "bletchley", NULL, "2026-01-06T09:13:12.345000000Z", 1,
	 "{\"domains\":[\"bletchley.example\"],\"name\":\"Bletchley Security\"}",
	 "{\"description\":\"Cryptography and secure "
	 "messaging.\",\"categories\":[\"B2B\",\"SAAS\",\"Information Technology & "
	 "Services\"],\"logo_url\":\"https://logos.local.example/"
	 "bletchley.png\",\"linkedin\":\"https://www.linkedin.com/company/"
	 "bletchley\",\"employee_range\":\"11-50\",\"primary_location\":{\"line_1\":\"Sherwood "
	 "Drive\",\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"Bletchley\","
	 "\"region\":\"England\",\"postcode\":\"MK3 "
	 "6EB\",\"country_code\":\"GB\",\"latitude\":\"51.997722\",\"longitude\":\"-0.740667\"},"
	 "\"estimated_arr_usd\":\"$1M-$10M\",\"funding_raised_usd\":8500000,\"foundation_date\":"
	 "\"2012-06-23\"}"},
	{"companies", "kepler", NULL, "2026-01-07T09:16:12.345000000Z", 0,
	 "{\"domains\":[\"kepler-orbits.example\"],\"name\":\"Kepler Orbits\"}",
	 "{\"description\":\"Software that plans the flight of "
	 "satellites.\",\"categories\":[\"SAAS\"],\"logo_url\":\"https://logos.local.example/"
	 "kepler.png\",\"linkedin\":\"https://www.linkedin.com/company/"
	 "kepler\",\"employee_range\":\"11-50\",\"primary_location\":{\"line_1\":\"Karmeliterplatz "
	 "5\",\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"Linz\",\"region\":"
	 "\"Upper "
	 "Austria\",\"postcode\":\"4020\",\"country_code\":\"AT\",\"latitude\":\"48.303056\","
	 "\"longitude\":\"14.290556\"},\"estimated_arr_usd\":\"$1M-$10M\",\"funding_raised_usd\":"
	 "5200000,\"foundation_date\":\"2016-11-15\"}"},
	{"companies", "curie", NULL, "2026-01-08T09:19:12.345000000Z", 1,
	 "{\"domains\":[\"curie-labs.example\"],\"name\":\"Curie Labs\"}",
	 "{\"description\":\"Imaging for hospitals.\",\"categories\":[\"Health "
	 "Care\",\"B2B\"],\"logo_url\":\"https://logos.local.example/"
	 "curie.png\",\"linkedin\":\"https://www.linkedin.com/company/"
	 "curie\",\"employee_range\":\"251-1K\",\"primary_location\":{\"line_1\":\"11 Rue Pierre "
	 "et Marie "
	 "Curie\",\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"Paris\","
	 "\"region\":\"\303\216le-de-France\",\"postcode\":\"75005\",\"country_code\":\"FR\","
	 "\"latitude\":\"48.844722\",\"longitude\":\"2.344167\"},\"estimated_arr_usd\":\"$50M-$"
	 "100M\",\"funding_raised_usd\":61000000,\"foundation_date\":\"1998-11-07\",\"twitter\":"
	 "\"https://twitter.com/curie\",\"twitter_follower_count\":3443}"},
	{"companies", "lamarr", NULL, "2026-01-09T09:22:12.345000000Z", 0,
	 "{\"domains\":[\"lamarr.example\"],\"name\":\"Lamarr Wireless\"}",
	 "{\"description\":\"Radio chips for small "
	 "machines.\",\"categories\":[\"Manufacturing\"],\"logo_url\":\"https://"
	 "logos.local.example/lamarr.png\",\"linkedin\":\"https://www.linkedin.com/company/"
	 "lamarr\",\"employee_range\":\"1K-5K\",\"primary_location\":{\"line_1\":\"548 Market "
	 "Street\",\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"San "
	 "Francisco\",\"region\":\"California\",\"postcode\":\"94104\",\"country_code\":\"US\","
	 "\"latitude\":\"37.789722\",\"longitude\":\"-122.400833\"},\"estimated_arr_usd\":\"$100M-$"
	 "250M\",\"funding_raised_usd\":180000000,\"foundation_date\":\"2005-11-09\"}"},
	{"companies", "noether", NULL, "2026-01-10T09:25:12.345000000Z", 1,
	 "{\"domains\":[\"noether.example\"],\"name\":\"Noether Symmetry\"}",
	 "{\"description\":\"Tools for teaching "
	 "mathematics.\",\"categories\":[\"Education\",\"B2C\"],\"logo_url\":\"https://"
	 "logos.local.example/noether.png\",\"linkedin\":\"https://www.linkedin.com/company/"
	 "noether\",\"employee_range\":\"1-10\",\"estimated_arr_usd\":\"$0-$1M\",\"funding_raised_"
	 "usd\":900000,\"foundation_date\":\"2021-03-23\"}"},
	{"companies", "tesla-grid", NULL, "2026-01-11T09:28:12.345000000Z", 0,
	 "{\"domains\":[\"springs-grid.example\"],\"name\":\"Colorado Springs Grid\"}",
	 "{\"description\":\"Storage of electric "
	 "energy.\",\"categories\":[\"Energy\"],\"logo_url\":\"https://logos.local.example/"
	 "tesla-grid.png\",\"linkedin\":\"https://www.linkedin.com/company/"
	 "tesla-grid\",\"employee_range\":\"1K-5K\",\"primary_location\":{\"line_1\":\"1 Knob "
	 "Hill\",\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"Colorado "
	 "Springs\",\"region\":\"Colorado\",\"postcode\":\"80909\",\"country_code\":\"US\","
	 "\"latitude\":\"38.840278\",\"longitude\":\"-104.790278\"},\"estimated_arr_usd\":\"$250M-$"
	 "500M\",\"funding_raised_usd\":320000000,\"foundation_date\":\"1999-05-18\",\"twitter\":"
	 "\"https://twitter.com/tesla_grid\",\"twitter_follower_count\":5636}"},
	{"companies", "johnson", NULL, "2026-01-12T09:31:12.345000000Z", 1,
	 "{\"domains\":[\"johnson-trajectories.example\"],\"name\":\"Johnson Trajectories\"}",
	 "{\"description\":\"Route planning for "
	 "fleets.\",\"categories\":[\"B2B\",\"E-commerce\"],\"logo_url\":\"https://"
	 "logos.local.example/johnson.png\",\"linkedin\":\"https://www.linkedin.com/company/"
	 "johnson\",\"employee_range\":\"11-50\",\"primary_location\":{\"line_1\":\"100 Langley "
	 "Boulevard\",\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"Hampton\","
	 "\"region\":\"Virginia\",\"postcode\":\"23681\",\"country_code\":\"US\",\"latitude\":\"37."
	 "085556\",\"longitude\":\"-76.380556\"},\"estimated_arr_usd\":\"$1M-$10M\",\"foundation_"
	 "date\":\"2018-08-26\"}"},
	{"companies", "shannon", NULL, "2026-01-13T09:34:12.345000000Z", 0,
	 "{\"domains\":[\"shannon-channels.example\"],\"name\":\"Shannon Channels\"}",
	 "{\"description\":\"Compression for "
	 "video.\",\"categories\":[\"SAAS\",\"B2B\"],\"logo_url\":\"https://logos.local.example/"
	 "shannon.png\",\"linkedin\":\"https://www.linkedin.com/company/"
	 "shannon\",\"employee_range\":\"11-50\"}"},
	{"companies", "franklin", NULL, "2026-01-14T09:37:12.345000000Z", 1,
	 "{\"domains\":[\"franklin.example\"],\"name\":\"Franklin Crystals\"}",
	 "{\"description\":\"Analysis of proteins.\",\"categories\":[\"Health "
	 "Care\"],\"logo_url\":\"https://logos.local.example/franklin.png\",\"linkedin\":\"https://"
	 "www.linkedin.com/company/"
	 "franklin\",\"employee_range\":\"51-250\",\"primary_location\":{\"line_1\":\"Strand\","
	 "\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"London\",\"region\":"
	 "\"England\",\"postcode\":\"WC2R "
	 "2LS\",\"country_code\":\"GB\",\"latitude\":\"51.511667\",\"longitude\":\"-0.116111\"},"
	 "\"estimated_arr_usd\":\"$1M-$10M\",\"funding_raised_usd\":14000000,\"foundation_date\":"
	 "\"2014-07-25\",\"twitter\":\"https://twitter.com/"
	 "franklin\",\"twitter_follower_count\":7829}"},
	{"people", "ada", NULL, "2026-01-06T10:00:31.208000000Z", 0,
	 "{\"name\":\"Lovelace, "
	 "Ada\",\"email_addresses\":[\"ada@analytical-engines.example\"],\"phone_numbers\":[\"+"
	 "442071838750\"],\"company\":[\"analytical-engines.example\"],\"job_title\":\"Chief "
	 "Scientist\"}",
	 "{\"description\":\"Wrote the first "
	 "program.\",\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_"
	 "4\":null,\"locality\":\"London\",\"region\":\"England\",\"postcode\":null,\"country_"
	 "code\":\"GB\",\"latitude\":\"51.507222\",\"longitude\":\"-0.127500\"},\"avatar_url\":"
	 "\"https://avatars.local.example/ada.png\",\"linkedin\":\"https://www.linkedin.com/in/"
	 "ada\",\"first_calendar_interaction\":{\"interaction_type\":\"calendar-event\","
	 "\"interacted_at\":\"2026-03-03T14:00:00.000000000Z\",\"owner_actor\":{\"type\":"
	 "\"workspace-member\",\"id\":\"@0\"}},\"last_calendar_interaction\":{\"interaction_type\":"
	 "\"calendar-event\",\"interacted_at\":\"2026-03-03T14:00:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"first_email_interaction\":{\"interaction_"
	 "type\":\"email\",\"interacted_at\":\"2026-02-02T08:15:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"last_email_interaction\":{\"interaction_"
	 "type\":\"email\",\"interacted_at\":\"2026-02-02T08:15:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"first_interaction\":{\"interaction_"
	 "type\":\"email\",\"interacted_at\":\"2026-02-02T08:15:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"last_interaction\":{\"interaction_type\":"
	 "\"calendar-event\",\"interacted_at\":\"2026-03-03T14:00:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"strongest_connection_strength_legacy\":0."
	 "2,\"strongest_connection_strength\":\"Very "
	 "weak\",\"strongest_connection_user\":\"grace.hopper@local.example\"}"},
	{"people", "charles", NULL, "2026-01-07T11:07:31.208000000Z", 1,
	 "{\"name\":\"Babbage, "
	 "Charles\",\"email_addresses\":[\"charles@analytical-engines.example\",\"cb@engines."
	 "example\"],\"phone_numbers\":[\"+442079460958\",\"+442079460111\"],\"company\":["
	 "\"analytical-engines.example\"],\"job_title\":\"Chief Executive\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"London\",\"region\":\"England\",\"postcode\":null,\"country_code\":\"GB\","
	 "\"latitude\":\"51.507222\",\"longitude\":\"-0.127500\"},\"first_calendar_interaction\":{"
	 "\"interaction_type\":\"calendar-event\",\"interacted_at\":\"2026-03-04T14:00:00."
	 "000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},\"last_"
	 "calendar_interaction\":{\"interaction_type\":\"calendar-event\",\"interacted_at\":\"2026-"
	 "03-04T14:00:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}"
	 "},\"first_email_interaction\":{\"interaction_type\":\"email\",\"interacted_at\":\"2026-"
	 "02-03T08:15:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}"
	 "},\"last_email_interaction\":{\"interaction_type\":\"email\",\"interacted_at\":\"2026-02-"
	 "03T08:15:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},"
	 "\"first_interaction\":{\"interaction_type\":\"email\",\"interacted_at\":\"2026-02-03T08:"
	 "15:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},\"last_"
	 "interaction\":{\"interaction_type\":\"calendar-event\",\"interacted_at\":\"2026-03-04T14:"
	 "00:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},"
	 "\"strongest_connection_strength_legacy\":0.30000000000000004,\"strongest_connection_"
	 "strength\":\"Weak\",\"strongest_connection_user\":\"alan.turing@local.example\"}"},
	{"people", "joan", NULL, "2026-01-08T12:14:31.208000000Z", 0,
	 "{\"name\":\"Clarke, "
	 "Joan\",\"email_addresses\":[\"joan@bletchley.example\"],\"company\":[\"bletchley."
	 "example\"],\"job_title\":\"Head of Cryptanalysis\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"Bletchley\",\"region\":\"England\",\"postcode\":null,\"country_code\":"
	 "\"GB\",\"latitude\":\"51.995000\",\"longitude\":\"-0.732000\"},\"avatar_url\":\"https://"
	 "avatars.local.example/joan.png\",\"linkedin\":\"https://www.linkedin.com/in/"
	 "joan\",\"first_calendar_interaction\":{\"interaction_type\":\"calendar-event\","
	 "\"interacted_at\":\"2026-03-05T14:00:00.000000000Z\",\"owner_actor\":{\"type\":"
	 "\"workspace-member\",\"id\":\"@0\"}},\"last_calendar_interaction\":{\"interaction_type\":"
	 "\"calendar-event\",\"interacted_at\":\"2026-03-05T14:00:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"first_email_interaction\":{\"interaction_"
	 "type\":\"email\",\"interacted_at\":\"2026-02-04T08:15:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"last_email_interaction\":{\"interaction_"
	 "type\":\"email\",\"interacted_at\":\"2026-02-04T08:15:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"first_interaction\":{\"interaction_"
	 "type\":\"email\",\"interacted_at\":\"2026-02-04T08:15:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"last_interaction\":{\"interaction_type\":"
	 "\"calendar-event\",\"interacted_at\":\"2026-03-05T14:00:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"strongest_connection_strength_legacy\":0."
	 "4,\"strongest_connection_strength\":\"Good\",\"strongest_connection_user\":\"grace."
	 "hopper@local.example\"}"},
	{"people", "tommy", NULL, "2026-01-09T13:21:31.208000000Z", 1,
	 "{\"name\":\"Flowers, "
	 "Tommy\",\"email_addresses\":[\"tommy@bletchley.example\"],\"phone_numbers\":[\"+"
	 "441908640404\"],\"company\":[\"bletchley.example\"],\"job_title\":\"Engineer\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"London\",\"region\":\"England\",\"postcode\":null,\"country_code\":\"GB\","
	 "\"latitude\":\"51.507222\",\"longitude\":\"-0.127500\"},\"first_calendar_interaction\":{"
	 "\"interaction_type\":\"calendar-event\",\"interacted_at\":\"2026-03-06T14:00:00."
	 "000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},\"last_"
	 "calendar_interaction\":{\"interaction_type\":\"calendar-event\",\"interacted_at\":\"2026-"
	 "03-06T14:00:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}"
	 "},\"first_email_interaction\":{\"interaction_type\":\"email\",\"interacted_at\":\"2026-"
	 "02-05T08:15:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}"
	 "},\"last_email_interaction\":{\"interaction_type\":\"email\",\"interacted_at\":\"2026-02-"
	 "05T08:15:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},"
	 "\"first_interaction\":{\"interaction_type\":\"email\",\"interacted_at\":\"2026-02-05T08:"
	 "15:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},\"last_"
	 "interaction\":{\"interaction_type\":\"calendar-event\",\"interacted_at\":\"2026-03-06T14:"
	 "00:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},"
	 "\"strongest_connection_strength_legacy\":0.5,\"strongest_connection_strength\":"
	 "\"Strong\",\"strongest_connection_user\":\"alan.turing@local.example\"}"},
	{"people", "johannes", NULL, "2026-01-10T14:28:31.208000000Z", 0,
	 "{\"name\":\"Kepler, "
	 "Johannes\",\"email_addresses\":[\"johannes@kepler-orbits.example\"],\"phone_numbers\":["
	 "\"+43732770000\"],\"company\":[\"kepler-orbits.example\"],\"job_title\":\"Founder\"}",
	 "{\"description\":\"Planets move on "
	 "ellipses.\",\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_"
	 "4\":null,\"locality\":\"Linz\",\"region\":\"Upper "
	 "Austria\",\"postcode\":null,\"country_code\":\"AT\",\"latitude\":\"48.305833\","
	 "\"longitude\":\"14.286389\"},\"avatar_url\":\"https://avatars.local.example/"
	 "johannes.png\",\"linkedin\":\"https://www.linkedin.com/in/"
	 "johannes\",\"first_calendar_interaction\":{\"interaction_type\":\"calendar-event\","
	 "\"interacted_at\":\"2026-03-07T14:00:00.000000000Z\",\"owner_actor\":{\"type\":"
	 "\"workspace-member\",\"id\":\"@0\"}},\"last_calendar_interaction\":{\"interaction_type\":"
	 "\"calendar-event\",\"interacted_at\":\"2026-03-07T14:00:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"first_email_interaction\":{\"interaction_"
	 "type\":\"email\",\"interacted_at\":\"2026-02-06T08:15:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"last_email_interaction\":{\"interaction_"
	 "type\":\"email\",\"interacted_at\":\"2026-02-06T08:15:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"first_interaction\":{\"interaction_"
	 "type\":\"email\",\"interacted_at\":\"2026-02-06T08:15:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"last_interaction\":{\"interaction_type\":"
	 "\"calendar-event\",\"interacted_at\":\"2026-03-07T14:00:00.000000000Z\",\"owner_actor\":{"
	 "\"type\":\"workspace-member\",\"id\":\"@0\"}},\"strongest_connection_strength_legacy\":0."
	 "6000000000000001,\"strongest_connection_strength\":\"Very "
	 "strong\",\"strongest_connection_user\":\"grace.hopper@local.example\"}"},
	{"people", "barbara", NULL, "2026-01-11T15:35:31.208000000Z", 1,
	 "{\"name\":\"M\303\274ller, "
	 "Barbara\",\"email_addresses\":[\"barbara@kepler-orbits.example\"],\"company\":[\"kepler-"
	 "orbits.example\"],\"job_title\":\"Finance\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"Graz\",\"region\":\"Styria\",\"postcode\":null,\"country_code\":\"AT\","
	 "\"latitude\":\"47.070833\",\"longitude\":\"15.438611\"},\"first_calendar_interaction\":{"
	 "\"interaction_type\":\"calendar-event\",\"interacted_at\":\"2026-03-08T14:00:00."
	 "000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},\"last_"
	 "calendar_interaction\":{\"interaction_type\":\"calendar-event\",\"interacted_at\":\"2026-"
	 "03-08T14:00:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}"
	 "},\"first_email_interaction\":{\"interaction_type\":\"email\",\"interacted_at\":\"2026-"
	 "02-07T08:15:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}"
	 "},\"last_email_interaction\":{\"interaction_type\":\"email\",\"interacted_at\":\"2026-02-"
	 "07T08:15:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},"
	 "\"first_interaction\":{\"interaction_type\":\"email\",\"interacted_at\":\"2026-02-07T08:"
	 "15:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},\"last_"
	 "interaction\":{\"interaction_type\":\"calendar-event\",\"interacted_at\":\"2026-03-08T14:"
	 "00:00.000000000Z\",\"owner_actor\":{\"type\":\"workspace-member\",\"id\":\"@1\"}},"
	 "\"strongest_connection_strength_legacy\":0.7,\"strongest_connection_strength\":\"Good\","
	 "\"strongest_connection_user\":\"alan.turing@local.example\"}"},
	{"people", "marie", NULL, "2026-01-12T16:42:31.208000000Z", 0,
	 "{\"name\":\"Curie, "
	 "Marie\",\"email_addresses\":[\"marie@curie-labs.example\"],\"phone_numbers\":[\"+"
	 "33144276789\"],\"company\":[\"curie-labs.example\"],\"job_title\":\"Director of "
	 "Research\"}",
	 "{\"description\":\"Two "
	 "prizes.\",\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_"
	 "4\":null,\"locality\":\"Paris\",\"region\":\"\303\216le-de-France\",\"postcode\":null,"
	 "\"country_code\":\"FR\",\"latitude\":\"48.856667\",\"longitude\":\"2.352222\"},\"avatar_"
	 "url\":\"https://avatars.local.example/marie.png\",\"linkedin\":\"https://"
	 "www.linkedin.com/in/marie\"}"},
	{"people", "irene", NULL, "2026-01-13T17:49:31.208000000Z", 1,
	 "{\"name\":\"Joliot-Curie, "
	 "Ir\303\250ne\",\"email_addresses\":[\"irene@curie-labs.example\"],\"phone_numbers\":[\"+"
	 "33144276790\"],\"company\":[\"curie-labs.example\"],\"job_title\":\"Head of Chemistry\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"Paris\",\"region\":\"\303\216le-de-France\",\"postcode\":null,\"country_"
	 "code\":\"FR\",\"latitude\":\"48.856667\",\"longitude\":\"2.352222\"}}"},
	{"people", "hedy", NULL, "2026-01-14T10:56:31.208000000Z", 0,
	 "{\"name\":\"Lamarr, "
	 "Hedy\",\"email_addresses\":[\"hedy@lamarr.example\"],\"phone_numbers\":[\"+14155550123\"]"
	 ",\"company\":[\"lamarr.example\"],\"job_title\":\"Inventor\"}",
	 "{\"description\":\"Frequency "
	 "hopping.\",\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_"
	 "4\":null,\"locality\":\"San "
	 "Francisco\",\"region\":\"California\",\"postcode\":null,\"country_code\":\"US\","
	 "\"latitude\":\"37.777500\",\"longitude\":\"-122.416389\"},\"avatar_url\":\"https://"
	 "avatars.local.example/hedy.png\",\"linkedin\":\"https://www.linkedin.com/in/hedy\"}"},
	{"people", "george", NULL, "2026-01-15T11:03:31.208000000Z", 1,
	 "{\"name\":\"Antheil, "
	 "George\",\"email_addresses\":[\"george@lamarr.example\"],\"phone_numbers\":[\"+"
	 "14155550124\"],\"company\":[\"lamarr.example\"],\"job_title\":\"Head of Sound\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"San "
	 "Francisco\",\"region\":\"California\",\"postcode\":null,\"country_code\":\"US\","
	 "\"latitude\":\"37.777500\",\"longitude\":\"-122.416389\"}}"},
	{"people", "emmy", NULL, "2026-01-16T12:10:31.208000000Z", 0,
	 "{\"name\":\"Noether, "
	 "Emmy\",\"email_addresses\":[\"emmy@noether.example\"],\"phone_numbers\":[\"+499131850\"],"
	 "\"company\":[\"noether.example\"],\"job_title\":\"Founder\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"Erlangen\",\"region\":\"Bavaria\",\"postcode\":null,\"country_code\":"
	 "\"DE\",\"latitude\":\"49.583333\",\"longitude\":\"11.016667\"},\"avatar_url\":\"https://"
	 "avatars.local.example/emmy.png\",\"linkedin\":\"https://www.linkedin.com/in/emmy\"}"},
	{"people", "nikola", NULL, "2026-01-17T13:17:31.208000000Z", 1,
	 "{\"name\":\"Tesla, "
	 "Nikola\",\"email_addresses\":[\"nikola@springs-grid.example\"],\"phone_numbers\":[\"+"
	 "17195550100\"],\"company\":[\"springs-grid.example\"],\"job_title\":\"Engineer\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"Colorado "
	 "Springs\",\"region\":\"Colorado\",\"postcode\":null,\"country_code\":\"US\",\"latitude\":"
	 "\"38.833889\",\"longitude\":\"-104.825278\"}}"},
	{"people", "katherine", NULL, "2026-01-18T14:24:31.208000000Z", 0,
	 "{\"name\":\"Johnson, "
	 "Katherine\",\"email_addresses\":[\"katherine@johnson-trajectories.example\"],\"phone_"
	 "numbers\":[\"+17575550142\"],\"company\":[\"johnson-trajectories.example\"],\"job_"
	 "title\":\"Founder\"}",
	 "{\"description\":\"Checks the numbers by "
	 "hand.\",\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":"
	 "null,\"locality\":\"Hampton\",\"region\":\"Virginia\",\"postcode\":null,\"country_code\":"
	 "\"US\",\"latitude\":\"37.029722\",\"longitude\":\"-76.345278\"},\"avatar_url\":\"https://"
	 "avatars.local.example/katherine.png\",\"linkedin\":\"https://www.linkedin.com/in/"
	 "katherine\"}"},
	{"people", "dorothy", NULL, "2026-01-19T15:31:31.208000000Z", 1,
	 "{\"name\":\"Vaughan, "
	 "Dorothy\",\"email_addresses\":[\"dorothy@johnson-trajectories.example\"],\"phone_"
	 "numbers\":[\"+17575550143\"],\"company\":[\"johnson-trajectories.example\"],\"job_"
	 "title\":\"Head of Computing\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"Hampton\",\"region\":\"Virginia\",\"postcode\":null,\"country_code\":"
	 "\"US\",\"latitude\":\"37.029722\",\"longitude\":\"-76.345278\"}}"},
	{"people", "mary", NULL, "2026-01-20T16:38:31.208000000Z", 0,
	 "{\"name\":\"Jackson, "
	 "Mary\",\"email_addresses\":[\"mary@johnson-trajectories.example\"],\"company\":["
	 "\"johnson-trajectories.example\"],\"job_title\":\"Engineer\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"Hampton\",\"region\":\"Virginia\",\"postcode\":null,\"country_code\":"
	 "\"US\",\"latitude\":\"37.029722\",\"longitude\":\"-76.345278\"},\"avatar_url\":\"https://"
	 "avatars.local.example/mary.png\",\"linkedin\":\"https://www.linkedin.com/in/mary\"}"},
	{"people", "claude", NULL, "2026-01-21T17:45:31.208000000Z", 1,
	 "{\"name\":\"Shannon, "
	 "Claude\",\"email_addresses\":[\"claude@shannon-channels.example\"],\"phone_numbers\":[\"+"
	 "16175550150\"],\"company\":[\"shannon-channels.example\"],\"job_title\":\"Founder\"}",
	 NULL},
	{"people", "betty", NULL, "2026-01-22T10:52:31.208000000Z", 0,
	 "{\"name\":\"Shannon, "
	 "Betty\",\"email_addresses\":[\"betty@shannon-channels.example\"],\"company\":[\"shannon-"
	 "channels.example\"],\"job_title\":\"Mathematician\"}",
	 "{\"avatar_url\":\"https://avatars.local.example/betty.png\",\"linkedin\":\"https://"
	 "www.linkedin.com/in/betty\"}"},
	{"people", "rosalind", NULL, "2026-01-23T11:59:31.208000000Z", 1,
	 "{\"name\":\"Franklin, "
	 "Rosalind\",\"email_addresses\":[\"rosalind@franklin.example\"],\"phone_numbers\":[\"+"
	 "442078365454\"],\"company\":[\"franklin.example\"],\"job_title\":\"Head of Imaging\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"London\",\"region\":\"England\",\"postcode\":null,\"country_code\":\"GB\","
	 "\"latitude\":\"51.507222\",\"longitude\":\"-0.127500\"}}"},
	{"people", "raymond", NULL, "2026-01-24T12:06:31.208000000Z", 0,
	 "{\"name\":\"Gosling, "
	 "Raymond\",\"email_addresses\":[\"raymond@franklin.example\"],\"phone_numbers\":[\"+"
	 "442078365455\"],\"company\":[\"franklin.example\"],\"job_title\":\"Scientist\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"London\",\"region\":\"England\",\"postcode\":null,\"country_code\":\"GB\","
	 "\"latitude\":\"51.507222\",\"longitude\":\"-0.127500\"},\"avatar_url\":\"https://"
	 "avatars.local.example/raymond.png\",\"linkedin\":\"https://www.linkedin.com/in/"
	 "raymond\"}"},
	{"people", "rene", NULL, "2026-01-25T13:13:31.208000000Z", 1,
	 "{\"name\":\"Descartes, "
	 "Ren\303\251\",\"email_addresses\":[\"rene@cogito.example\"],\"phone_numbers\":[\"+"
	 "33247050000\"],\"job_title\":\"Independent\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"Tours\",\"region\":\"Centre-Val de "
	 "Loire\",\"postcode\":null,\"country_code\":\"FR\",\"latitude\":\"47.393611\","
	 "\"longitude\":\"0.689167\"}}"},
	{"people", "sofya", NULL, "2026-01-26T14:20:31.208000000Z", 0,
	 "{\"name\":\"Kovalevskaya, "
	 "Sofya\",\"email_addresses\":[\"sofya@kovalevskaya.example\"],\"phone_numbers\":[\"+"
	 "46812345678\"],\"job_title\":\"Professor\"}",
	 "{\"primary_location\":{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"Stockholm\",\"region\":\"Stockholm "
	 "County\",\"postcode\":null,\"country_code\":\"SE\",\"latitude\":\"59.329444\","
	 "\"longitude\":\"18.068611\"},\"avatar_url\":\"https://avatars.local.example/"
	 "sofya.png\",\"linkedin\":\"https://www.linkedin.com/in/sofya\"}"},
	{"people", "nobody", NULL, "2026-01-27T15:27:31.208000000Z", 1, "{\"name\":\"Unknown\"}",
	 NULL},
	{"deals", "engines-renewal", NULL, "2026-02-03T16:00:05.910000000Z", 0,
	 "{\"name\":\"Analytical Engines renewal\",\"stage\":\"In "
	 "Progress\",\"owner\":\"grace.hopper@local.example\",\"value\":48000,\"associated_"
	 "people\":[\"ada@analytical-engines.example\",\"charles@analytical-engines.example\"],"
	 "\"associated_company\":\"analytical-engines.example\"}",
	 NULL},
	{"deals", "bletchley-pilot", NULL, "2026-02-05T16:05:05.910000000Z", 1,
	 "{\"name\":\"Bletchley "
	 "pilot\",\"stage\":\"Lead\",\"owner\":\"alan.turing@local.example\",\"value\":12000,"
	 "\"associated_people\":[\"joan@bletchley.example\"],\"associated_company\":\"bletchley."
	 "example\"}",
	 NULL},
	{"deals", "curie-imaging", NULL, "2026-02-07T16:10:05.910000000Z", 0,
	 "{\"name\":\"Curie Labs imaging\",\"stage\":\"Won "
	 "\360\237\216\211\",\"owner\":\"grace.hopper@local.example\",\"value\":230000.5,"
	 "\"associated_people\":[\"marie@curie-labs.example\"],\"associated_company\":\"curie-labs."
	 "example\"}",
	 NULL},
	{"deals", "lamarr-chips", NULL, "2026-02-09T16:15:05.910000000Z", 1,
	 "{\"name\":\"Lamarr chip design\",\"stage\":\"In "
	 "Progress\",\"owner\":\"alan.turing@local.example\",\"value\":125000,\"associated_"
	 "people\":[\"hedy@lamarr.example\",\"george@lamarr.example\"],\"associated_company\":"
	 "\"lamarr.example\"}",
	 NULL},
	{"deals", "noether-school", NULL, "2026-02-11T16:20:05.910000000Z", 1,
	 "{\"name\":\"Noether school "
	 "licence\",\"stage\":\"Lost\",\"owner\":\"alan.turing@local.example\",\"value\":4000,"
	 "\"associated_people\":[\"emmy@noether.example\"],\"associated_company\":\"noether."
	 "example\"}",
	 NULL},
	{"deals", "fleet-routes", NULL, "2026-02-13T16:25:05.910000000Z", 0,
	 "{\"name\":\"Fleet "
	 "routes\",\"stage\":\"Lead\",\"owner\":\"grace.hopper@local.example\",\"associated_"
	 "company\":\"johnson-trajectories.example\"}",
	 NULL},
	{"projects", "difference-engine", NULL, "2026-02-10T08:00:00.120000000Z", 0,
	 "{\"name\":\"Difference "
	 "Engine\",\"code\":\"DE-1\",\"client\":\"analytical-engines.example\",\"contacts\":[\"ada@"
	 "analytical-engines.example\",\"charles@analytical-engines.example\"],\"lead\":\"grace."
	 "hopper@local.example\",\"health\":\"On "
	 "track\",\"tags\":[\"Engineering\",\"Research\"],\"budget\":75000,\"progress\":62.5,"
	 "\"priority\":4,\"billable\":true,\"kickoff\":\"2026-01-15\",\"due_at\":\"2026-09-30T16:"
	 "00:00Z\",\"site\":{\"line_1\":\"12 St James's "
	 "Square\",\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"London\","
	 "\"region\":\"England\",\"postcode\":\"SW1Y "
	 "4LB\",\"country_code\":\"GB\",\"latitude\":\"51.507222\",\"longitude\":\"-0.133889\"}}",
	 NULL},
	{"projects", "cipher-desk", NULL, "2026-02-11T08:30:00.480000000Z", 1,
	 "{\"name\":\"Cipher "
	 "Desk\",\"code\":\"CD-7\",\"client\":\"bletchley.example\",\"contacts\":[\"joan@bletchley."
	 "example\"],\"lead\":\"alan.turing@local.example\",\"health\":\"At "
	 "risk\",\"tags\":[\"Design\"],\"budget\":18000,\"progress\":10,\"priority\":2,"
	 "\"billable\":false,\"kickoff\":\"2026-02-01\",\"due_at\":\"2026-05-31T12:00:00Z\"}",
	 NULL},
	{"projects", "radium-archive", NULL, "2026-02-12T10:45:00.777000000Z", 0,
	 "{\"name\":\"Radium "
	 "Archive\",\"code\":\"RA-3\",\"client\":\"curie-labs.example\",\"health\":\"Done\","
	 "\"billable\":true,\"progress\":100}",
	 NULL},
	{"sales_pipeline", "analytical-engines", "companies/analytical-engines",
	 "2026-02-14T11:20:00.050000000Z", 0,
	 "{\"stage\":\"Proposal\",\"owner\":\"grace.hopper@local.example\",\"amount\":48000,"
	 "\"confidence\":4,\"next_step\":\"Send the contract\"}",
	 NULL},
	{"sales_pipeline", "bletchley", "companies/bletchley", "2026-02-15T11:20:00.050000000Z", 1,
	 "{\"stage\":\"Qualified\",\"owner\":\"alan.turing@local.example\",\"amount\":12000,"
	 "\"confidence\":3,\"next_step\":\"Show the pilot\"}",
	 NULL},
	{"sales_pipeline", "lamarr", "companies/lamarr", "2026-02-16T11:20:00.050000000Z", 1,
	 "{\"stage\":\"Prospecting\",\"owner\":\"alan.turing@local.example\",\"amount\":125000,"
	 "\"confidence\":2,\"next_step\":\"Find the buyer\"}",
	 NULL},
	{"sales_pipeline", "curie", "companies/curie", "2026-02-17T11:20:00.050000000Z", 0,
	 "{\"stage\":\"Signed\",\"owner\":\"grace.hopper@local.example\",\"amount\":230000.5,"
	 "\"confidence\":5}",
	 NULL},
	{"newsletter", "ada", "people/ada", "2026-02-20T07:00:00.000000000Z", 1,
	 "{\"subscribed\":true,\"topics\":[\"Product\",\"Engineering\"],\"last_sent\":\"2026-03-"
	 "01T07:00:00Z\"}",
	 NULL},
	{"newsletter", "hedy", "people/hedy", "2026-02-21T07:00:00.000000000Z", 1,
	 "{\"subscribed\":true,\"topics\":[\"Events\"],\"last_sent\":\"2026-03-01T07:00:00Z\"}",
	 NULL},
	{"newsletter", "claude", "people/claude", "2026-02-22T07:00:00.000000000Z", 1,
	 "{\"subscribed\":false}", NULL},
};

const struct seed_record *seed_records(size_t *count)
{
	*count = ARRAY_LEN(records);
	return records;
}

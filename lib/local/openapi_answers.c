/* What each route of the control API answers; see openapi.h. tests/unit/test_openapi.c holds it
 * against the tables of routes. */
#include "base/mem.h"
#include "local/openapi.h"

#define CONNECTION                                                                                 \
	"{id:string,connection_key:string,owned_by:any,created_by:any,type:string,"                \
	"created_at:time,expires_at:time|null,expired:bool}"
#define TRANSCRIPT                                                                                 \
	"{ok:bool,error?:any,flow:string,toasts:[{id:any,title:string,text:string|null,"           \
	"variant:string,duration_ms?:any,hidden?:bool,updates?:int,action?:any}],"                 \
	"alerts:[{title:string,text:string|null}],confirms:[any],dialogs:[any],surface:any,"       \
	"iframes?:[any],opened?:[any],navigated?:[any],progress?:[any],logs?:[any],"               \
	"findings?:[any],needs?:any,result?:any,seen?:[string],warnings?:[{code:string,text:"      \
	"string}]}"
#define DELIVERY "{id:any,status:int|null,ms:int|null,response:any,error?:any}"
#define RECORD "{id:any,created_at:time,web_url:string,values:any}"
#define FLOW "{id:string,kind:string,name:string,started_at:time,ms:any,error?:any}"
#define RATE "{used:int,limit:int|null}"
#define CLOCK "{now:time,offset_ms:int}"
#define BLOCK_STEP                                                                                 \
	"{ok:bool,type:string|null,error:any,flow:string,activation?:any,run?:any,problems?:any}"
#define FAULTS "{items:[{endpoint:string,failure:string,times:int}]}"
#define CHAOS_RULE "{error_percent:int,status:int,status_percent:int,latency_ms:int}"
#define CHAOS "{fetch:" CHAOS_RULE ",rest:" CHAOS_RULE ",developer:" CHAOS_RULE "}"
#define LIMITS "{items:[{name:string,help:string,most:int,on:bool}]}"
#define ROUTES "{items:[{origin:string,url:string}]}"
#define VALUES "{values:any}"

const struct openapi_answer openapi_answers[] = {
	{"GET /status",
	 "{url:string,app:{slug:string,title:string,root:string},state:string,generation:any,"
	 "host:{pid:int},hooks_url:string,clock:" CLOCK ",net:string,pid:int}"},
	{"GET /openapi.json", "any"},
	{"GET /developer/openapi.json", "any"},
	{"GET /events", NULL},
	{"GET /parity",
	 "{sdk:string,items:[{module:string,name:string,status:string,reason?:string}],"
	 "counts:{exact:int,approximate:int,unsupported:int},"
	 "approximations:[{fact:string,choice:string}]}"},
	{"POST /graphql", "{data?:any,errors?:[{message:string,locations?:[{line:int,column:int}],"
			  "path?:[any]}]}"},
	{"GET /graphql/schema", "{path:string,sdl:string}"},
	{"GET /first", "{status:any,surfaces?:[any],objects:[any],lists:[any],members:[any],record:"
		       "any,events:int}"},
	{"GET /surfaces", "{items:[{kind:string,id:string,label?:any,objects?:any,applies?:any}]}"},
	{"POST /actions/run", TRANSCRIPT},
	{"POST /surfaces/show", TRANSCRIPT},
	{"POST /sessions", "{session:string,member:string,as:string,generation:int}"},
	{"DELETE /sessions/{id}", "{closed:string}"},
	{"GET /sessions/{id}/events", NULL},
	{"POST /sessions/{id}/trigger", "{flow:string}"},
	{"POST /sessions/{id}/mount", "{surface:string,flow:string}"},
	{"GET /sessions/{id}/surfaces/{surface}", "{nodes:[any]}"},
	{"GET /sessions/{id}/surfaces/{surface}/config", "{config:any,outcomes:[any]}"},
	{"DELETE /sessions/{id}/surfaces/{surface}", "{flow:string|null,pending?:bool}"},
	{"POST /sessions/{id}/event", "{flow:string,value?:any,pending?:bool}"},
	{"POST /sessions/{id}/callback", "{flow:string,value?:any,pending?:bool}"},
	{"POST /sessions/{id}/answer", "{flow:string,value?:any,pending?:bool}"},
	{"POST /server/call", "{ok:bool,value:any,flow:string,lossy?:[any],error?:any,warnings?:[{"
			      "code:string,text:string}]}"},
	{"GET /connections", "{items:[" CONNECTION "]}"},
	{"POST /connections", "{connection:" CONNECTION ",flow:string}"},
	{"DELETE /connections/{id}", "{connection:any,flow:string}"},
	{"POST /connections/{id}/expire", "{connection:" CONNECTION "}"},
	{"POST /connect", "{url:string}"},
	{"GET /webhooks",
	 "{items:[{id:string,url:string,file_name:string,external_webhook_id:string|null,"
	 "created_at:time,deliveries:int}]}"},
	{"POST /webhooks/send", "{delivery:" DELIVERY ",flow:string}"},
	{"GET /deliveries", "{items:[any]}"},
	{"GET /deliveries/{id}", "any"},
	{"POST /deliveries/{id}/replay", "{delivery:" DELIVERY ",flow:string}"},
	{"POST /events/send", "{ok:bool,ran:bool,flow:string,error?:any}"},
	{"GET /records/{object}", "{items:[" RECORD "]}"},
	{"POST /records/{object}", "{record:" RECORD "}"},
	{"GET /records/{object}/{ref}", "{record:" RECORD "}"},
	{"PATCH /records/{object}/{ref}", "{record:" RECORD "}"},
	{"PUT /records/{object}/{ref}", "{record:" RECORD "}"},
	{"DELETE /records/{object}/{ref}", "{deleted:string}"},
	{"POST /records/{object}/import", "{record_ids:[string],created:int,updated:int}"},
	{"GET /objects", "{items:[{slug:string,title:string,plural:string,standard:bool,count:int,"
			 "attributes:[any]}]}"},
	{"GET /lists",
	 "{items:[{slug:string,title:string,object:string,count:int,attributes:[any]}]}"},
	{"GET /lists/{list}/entries", "{items:[any]}"},
	{"GET /members", "{items:[{id:string,email:string,name:string,access:string}]}"},
	{"GET /records/{object}/{ref}/history/{attribute}", "{items:[any]}"},
	{"GET /kv", "{items:[{key:string,value:any,expires_at:time|null}]}"},
	{"GET /kv/{key...}", "{key:string,value:any,expires_at:time|null}"},
	{"PUT /kv/{key...}", "{key:string,value:any,expires_at:time|null}"},
	{"DELETE /kv/{key...}", "{key:string,deleted:bool}"},
	{"GET /blocks",
	 "{items:[{id:string,type:string,title:string|null,outcomes?:any,config_schema:any,"
	 "activations:[any],runs:[any]}]}"},
	{"POST /blocks/{id}/activate", BLOCK_STEP},
	{"POST /blocks/{id}/trigger", BLOCK_STEP},
	{"POST /blocks/{id}/deactivate", BLOCK_STEP},
	{"POST /blocks/{id}/run", BLOCK_STEP},
	{"POST /blocks/{id}/finish", BLOCK_STEP},
	{"GET /routes", ROUTES},
	{"PUT /routes", ROUTES},
	{"GET /settings", VALUES},
	{"PATCH /settings", VALUES},
	{"GET /logs", "{items:[{id:int,level:string,text:string,at:time}]}"},
	{"GET /flows", "{items:[" FLOW "]}"},
	{"GET /flows/{id}",
	 "{flow:" FLOW
	 ",nodes:[{id:string,kind:string,name:string,cause:string|null,started_at:time,"
	 "ms:any,input:any,output:any,error:any,notes:any}]}"},
	{"GET /flows/{id}/file", "{file:any}"},
	{"GET /flows/{id}/lines", "{flow:string,open:bool,lines:[string]}"},
	{"POST /flows/alike", "{recorded:[string],seen:[string]}"},
	{"POST /flows/replay", "any"},
	{"POST /flows/{id}/replay", "{flow:string}"},
	{"POST /flows/{id}/nodes/{node}/replay", "{flow:string}"},
	{"GET /requests",
	 "{items:[{id:int,at:time,flow:string|null,node:string|null,kind:string,method:string,"
	 "url:string,status:int|null,ms:any,error:string|null}],next:int,rate:{egress:" RATE
	 ",rest_reads:" RATE ",rest_writes:" RATE "}}"},
	{"GET /recordings", "{items:[{method:string,url:string,body:string,at:time,answer:any}]}"},
	{"POST /recordings", "{added:int}"},
	{"GET /clock", CLOCK},
	{"POST /clock", CLOCK},
	{"GET /state", "{path:string,items:[any]}"},
	{"POST /state/reset", "{ok:bool}"},
	{"POST /state/save", "{ok:bool}"},
	{"POST /state/restore", "{ok:bool}"},
	{"POST /state/seed", "{ok:bool,added:any}"},
	{"GET /faults", FAULTS},
	{"POST /faults", FAULTS},
	{"DELETE /faults", FAULTS},
	{"DELETE /faults/{number}", FAULTS},
	{"GET /chaos", CHAOS},
	{"PUT /chaos", CHAOS},
	{"DELETE /chaos", CHAOS},
	{"GET /limits", LIMITS},
	{"PUT /limits", LIMITS},
	{"GET /findings",
	 "{step:string,ok:bool,checking:bool,ms:int,at:time|null,errors:int,warnings:int,items:[{"
	 "code:string,name:any,severity:string,message:string,file:string|null,range:any,related:"
	 "any,help:string|null,fix?:any,fingerprint:string,frame:string}],error:any,"
	 "running:int|null,code:[any]}"},
	{"GET /environment",
	 "{files:[{file:string,names:[string]}],items:[{name:string,files:[string],read:[{file:"
	 "string,line:int,column:int}]}]}"},
	{"GET /versions",
	 "{app:string,items:[{version:string,created_at:time,bytes:int,bundles:[{kind:string,"
	 "bytes:int}]}],dev:[{id:string,created_at:time,cli_version:string,environment:[string],"
	 "pushes:int}]}"},
	{"GET /versions/diff", "{from:any,to:any,changes:[any],sizes:[any]}"},
	{"POST /log-service/cut", "{cut:int}"},
	{"GET /sign-ins", "{items:[{id:string,redirect_uri:string,expires_at:time}]}"},
	{"POST /sign-ins/{id}/approve", "{location:string}"},
	{"POST /sign-ins/{id}/deny", "{location:string}"},
};

const size_t openapi_answer_count = ARRAY_LEN(openapi_answers);

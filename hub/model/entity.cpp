#include "hub/model/entity.hpp"

#include <array>

namespace cdh {

namespace {

using enum FieldKind;
using enum EntityRole;

// The longest documented life began in 1875; the oldest company that is known, in 578.
constexpr int kEarliestBirth = 1870, kEarliestFounding = 500;

constexpr FieldSpec kPerson[] = {
    {"honorific_prefix"},
    {"given_name", person_name},
    {"additional_name", person_name},
    {"family_name", person_name},
    {"honorific_suffix"},
    {"native_name", full_name},
    {"gender", gender},
    {"birth_date", date, {}, kEarliestBirth},
    {"marital_status"},
    {"children_count", integer},
    {"education_level"},
    {"occupation"},
    {"income_band"},
    {"home_ownership"},
    {"vehicle_ownership"},
    {"interests"},
    {"preferred_language"},
};

constexpr FieldSpec kOrganization[] = {
    {"legal_name", org_name},
    {"name", org_name},
    {"registration_id", identifier},
    {"tax_id", identifier},
    {"industry_code", identifier},
    {"industry_influence"},
    {"number_of_employees", integer},
    {"annual_revenue", amount},
    {"registered_capital", amount},
    {"founding_date", date, {}, kEarliestFounding},
    {"main_products"},
    {"org_structure"},
    {"business_challenges"},
    {"url", url},
    {"parent_organization", org_name},
};

constexpr FieldSpec kEmail[] = {
    {"value", email}, {"canonical", identifier, "value"}, {"type"}, {"verified", boolean}};
constexpr FieldSpec kPhone[] = {{"value", phone},
                                {"e164", identifier, "value"},
                                {"extension", identifier, "value"},
                                {"type"},
                                {"verified", boolean}};
constexpr FieldSpec kOnline[] = {{"network"}, {"handle", identifier}, {"url", url}};
constexpr FieldSpec kPostalAddress[] = {
    {"street_address"}, {"address_line2"},           {"address_locality"},
    {"address_region"}, {"postal_code", identifier}, {"address_country", country},
    {"type"},
};
constexpr FieldSpec kExternalIdentifier[] = {
    {"system"}, {"id_type"}, {"id_value", identifier}, {"is_unique", boolean}};

constexpr RefSpec kCustomer[] = {{"customer", "party"}};

constexpr FieldSpec kAffiliation[] = {{"job_title"},
                                      {"department"},
                                      {"is_decision_maker", boolean},
                                      {"start_date", date},
                                      {"end_date", date}};
constexpr RefSpec kAffiliationRefs[] = {{"person", "person"}, {"organization", "organization"}};

constexpr FieldSpec kRelationship[] = {{"kind"}};
constexpr RefSpec kRelationshipRefs[] = {{"from", "party"}, {"to", "party"}};

constexpr FieldSpec kProduct[] = {
    {"sku", identifier}, {"name"}, {"category"}, {"unit_price", amount}, {"currency", currency}};

constexpr FieldSpec kSalesOrder[] = {{"number", identifier}, {"order_date", date},   {"status"},
                                     {"total", amount},      {"currency", currency}, {"channel"}};

constexpr FieldSpec kOrderLine[] = {{"line_number", integer}, {"quantity", number},
                                    {"unit_price", amount},   {"discount", amount},
                                    {"tax", amount},          {"description"}};
constexpr RefSpec kOrderLineRefs[] = {{"order", "sales_order"}, {"product", "product"}};

constexpr FieldSpec kOpportunity[] = {{"name"},
                                      {"created_at", instant},
                                      {"stage"},
                                      {"amount", amount},
                                      {"currency", currency},
                                      {"probability", number},
                                      {"expected_close_date", date},
                                      {"closed_at", instant},
                                      {"outcome"},
                                      {"lost_reason"},
                                      {"owner"},
                                      {"lead_source"}};

constexpr FieldSpec kStageHistory[] = {{"from_stage"}, {"to_stage"}, {"changed_at", instant}};
constexpr RefSpec kStageHistoryRefs[] = {{"opportunity", "opportunity"}};

constexpr FieldSpec kInvoice[] = {
    {"number", identifier}, {"issue_date", date},   {"due_date", date}, {"amount", amount},
    {"tax", amount},        {"currency", currency}, {"status"}};
constexpr RefSpec kInvoiceRefs[] = {{"customer", "party"}, {"order", "sales_order"}};

constexpr FieldSpec kPayment[] = {{"paid_at", instant},
                                  {"amount", amount},
                                  {"currency", currency},
                                  {"method"},
                                  {"reference", identifier}};
constexpr RefSpec kPaymentRefs[] = {{"customer", "party"}, {"invoice", "invoice"}};

constexpr FieldSpec kCreditAccount[] = {{"credit_limit", amount},
                                        {"payment_terms_days", integer},
                                        {"balance", amount},
                                        {"overdue_amount", amount},
                                        {"currency", currency}};

constexpr FieldSpec kInteraction[] = {
    {"channel"},  {"direction"},      {"occurred_at", instant}, {"duration_s", integer},
    {"subject"},  {"content"},        {"participants"},         {"employee"},
    {"outcome"},  {"follow_up_plan"}, {"follow_up_due", date},  {"minutes"},
    {"decisions"}};

constexpr FieldSpec kServiceCase[] = {
    {"number", identifier}, {"kind"},        {"opened_at", instant},
    {"closed_at", instant}, {"status"},      {"priority"},
    {"category"},           {"description"}, {"resolution"}};

constexpr FieldSpec kCampaign[] = {
    {"name"},          {"type"}, {"cost", amount}, {"currency", currency}, {"start_date", date},
    {"end_date", date}};
constexpr FieldSpec kMessageSend[] = {
    {"sent_at", instant}, {"delivered_at", instant}, {"bounced_at", instant}, {"subject"}};
constexpr RefSpec kMessageSendRefs[] = {{"customer", "party"}, {"campaign", "campaign"}};
constexpr FieldSpec kEngagement[] = {{"kind"}, {"occurred_at", instant}, {"url", url}};
constexpr RefSpec kEngagementRefs[] = {{"customer", "party"}, {"message", "message_send"}};

constexpr FieldSpec kFormSubmission[] = {{"form"},          {"submitted_at", instant},
                                         {"fields"},        {"page_url", url},
                                         {"referrer", url}, {"utm_source"},
                                         {"utm_medium"},    {"utm_campaign"}};

constexpr FieldSpec kSurveyResponse[] = {{"survey"}, {"question"},      {"answered_at", instant},
                                         {"metric"}, {"score", number}, {"scale"},
                                         {"text"}};
constexpr RefSpec kSurveyResponseRefs[] = {{"customer", "party"}, {"case", "service_case"}};
constexpr FieldSpec kStatement[] = {{"topic"}, {"text"}, {"sentiment"}, {"stated_at", instant}};
constexpr FieldSpec kPreference[] = {{"topic"}, {"value"}};
constexpr FieldSpec kNote[] = {{"author"}, {"text"}, {"created_at", instant}};
constexpr FieldSpec kTag[] = {{"tag"}, {"tagged_by"}, {"tagged_at", instant}, {"reason"}};
constexpr FieldSpec kTask[] = {
    {"title"}, {"assigned_to"}, {"due_at", instant}, {"status"}, {"created_by_rule"}};
constexpr FieldSpec kConsent[] = {
    {"purpose", term},      {"channel", term},        {"status"},
    {"legal_basis"},        {"captured_at", instant}, {"captured_from"},
    {"expires_at", instant}};
constexpr FieldSpec kDataSubjectRequest[] = {
    {"kind"}, {"requested_at", instant}, {"completed_at", instant}, {"status"}};

constexpr EntitySpec kEntities[] = {
    {"person", party, "A natural person.", kPerson, {}},
    {"organization", party, "A company, authority or association.", kOrganization, {}},
    {"email", contact, "An e-mail address, as given and canonical.", kEmail, {}, "emails", "value"},
    {"phone", contact, "A phone number, as given and in E.164.", kPhone, {}, "phones", "value"},
    {"online", contact, "A handle or page on the net.", kOnline, {}, "online", "handle"},
    {"postal_address",
     contact,
     "A postal address; it stays whole.",
     kPostalAddress,
     {},
     "addresses",
     "street_address"},
    {"external_identifier",
     contact,
     "A number by which another system or authority knows the party.",
     kExternalIdentifier,
     {},
     "identifiers",
     "id_value"},
    {"affiliation", event, "A person works for an organization.", kAffiliation, kAffiliationRefs},
    {"relationship", event, "Two parties belong together.", kRelationship, kRelationshipRefs},
    {"product", event, "Something the company sells.", kProduct, {}},
    {"sales_order", event, "An order.", kSalesOrder, kCustomer},
    {"order_line", event, "One position of an order.", kOrderLine, kOrderLineRefs},
    {"opportunity", event, "A sale in the pipeline.", kOpportunity, kCustomer},
    {"stage_history", event, "An opportunity moved to another stage.", kStageHistory,
     kStageHistoryRefs},
    {"invoice", event, "An invoice.", kInvoice, kInvoiceRefs},
    {"payment", event, "Money received.", kPayment, kPaymentRefs},
    {"credit_account", event, "Credit granted to a customer.", kCreditAccount, kCustomer},
    {"interaction", event, "A contact with the customer: mail, call, meeting, chat.", kInteraction,
     kCustomer},
    {"service_case", event, "A request, ticket, complaint or suggestion.", kServiceCase, kCustomer},
    {"campaign", event, "A marketing campaign.", kCampaign, {}},
    {"message_send", event, "A message of a campaign sent to the customer.", kMessageSend,
     kMessageSendRefs},
    {"engagement", event, "The customer opened, clicked, shared, unsubscribed.", kEngagement,
     kEngagementRefs},
    {"form_submission", event, "A form filled in on the web.", kFormSubmission, kCustomer},
    {"survey_response", event, "An answer to a survey.", kSurveyResponse, kSurveyResponseRefs},
    {"statement", event, "Something the customer said.", kStatement, kCustomer},
    {"preference", event, "Something the customer prefers.", kPreference, kCustomer},
    {"note", event, "A note somebody wrote about the customer.", kNote, kCustomer},
    {"tag", event, "A label put on the customer.", kTag, kCustomer},
    {"task", event, "Something to do for the customer.", kTask, kCustomer},
    {"consent", event, "What the customer allowed or refused.", kConsent, kCustomer},
    {"data_subject_request", event, "A request under privacy law.", kDataSubjectRequest, kCustomer},
};
static_assert(std::size(kEntities) < kNoEntity);

}  // namespace

bool is_decimal(FieldKind kind) { return kind == amount || kind == number; }

std::span<const EntitySpec> entities() { return kEntities; }

const EntitySpec& entity(EntityId id) { return kEntities[id]; }

EntityId find_entity(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kEntities); ++i) {
    if (kEntities[i].name == name) return static_cast<EntityId>(i);
  }
  return kNoEntity;
}

EntityId find_contact_list(std::string_view list_name) {
  for (std::size_t i = 0; i < std::size(kEntities); ++i) {
    if (!list_name.empty() && kEntities[i].list_name == list_name) return static_cast<EntityId>(i);
  }
  return kNoEntity;
}

FieldId find_field(EntityId id, std::string_view name) {
  const auto fields = entity(id).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == name) return static_cast<FieldId>(i);
  }
  return kNoField;
}

std::vector<std::string_view> entity_names() {
  std::vector<std::string_view> names;
  for (const EntitySpec& spec : kEntities) names.push_back(spec.name);
  return names;
}

std::vector<std::string_view> field_names(EntityId id) {
  std::vector<std::string_view> names;
  for (const FieldSpec& field : entity(id).fields) names.push_back(field.name);
  return names;
}

const KnownEntities& known_entities() {
  static const KnownEntities known = {
      find_entity("person"),     find_entity("organization"),   find_entity("email"),
      find_entity("phone"),      find_entity("postal_address"), find_entity("external_identifier"),
      find_entity("affiliation")};
  return known;
}

}  // namespace cdh

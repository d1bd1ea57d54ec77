"""What made-up sources deliver, night by night: people of two shops, their orders and notes.

Records come, change and go; some are wrong and end in quarantine; some shops' customers are one
person; orders may come before their customers. The same for the same seed.
"""
import csv
import random

HUB = """\
hub:
  store: {url}
  country: US
sources:
  north:
    connector: csv
    config: {{ path: north.csv }}
    trust: 80
    streams:
      north: &customers
        key: No
        updated_at: Changed
        map:
          - into: person
            fields:
              given_name: Given
              family_name: Family
              birth_date: Born
              emails: [Mail]
              phones: [Phone]
  south:
    connector: csv
    config: {{ path: south.csv }}
    streams:
      south: *customers
  orders:
    connector: csv
    config: {{ path: orders.csv }}
    streams:
      orders:
        key: Order
        map:
          - into: sales_order
            fields: {{ number: Order, order_date: Date, total: Total }}
            refs: {{ customer: {{ source: north, stream: north, key: Customer }} }}
"""
SYLLABLES = "ba do fe gi ku la mo ne pi ru sa to ve wi zu ka".split()


def word(random_):
    return "".join(random_.choice(SYLLABLES) for _ in range(4)).capitalize()


class Deliveries:
    def __init__(self, seed, people):
        self.random = random.Random(seed)
        self.people = [self.person(number) for number in range(people)]
        self.orders = [self.order(number) for number in range(people)]
        self.night = 0

    def person(self, number):
        given, family = word(self.random), word(self.random)
        born = f"19{number % 60 + 40}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        return {"No": f"C{number}", "Given": given, "Family": family,
                "Mail": f"{given}.{family}@mail.example".lower() if number % 3 else "",
                "Phone": f"212{5550000 + number}", "Born": "soon" if number % 97 == 96 else born,
                "Changed": "2026-01-01T00:00:00Z"}

    def order(self, number):
        customer = self.random.randrange(len(self.people) + 20)
        return {"Order": f"O{number}", "Customer": f"C{customer}", "Date": "2026-02-03",
                "Total": f"{self.random.randrange(90000) / 100:.2f}"}

    def next_night(self):
        """Changes some, takes some away and adds some; the first night delivers all as they are."""
        self.night += 1
        if self.night == 1:
            return
        for person in self.random.sample(self.people, len(self.people) // 20):
            person["Phone"] = f"212{self.random.randrange(1000000, 9999999)}"
            person["Changed"] = f"2026-01-{self.night:02}T00:00:00Z"
        for _ in range(len(self.people) // 50):
            self.people.pop(self.random.randrange(len(self.people)))
        for number in range(self.night * 10000, self.night * 10000 + len(self.people) // 40):
            self.people.append(self.person(number))

    def write(self, folder):
        south = [person for i, person in enumerate(self.people) if i % 3 != 1]
        north = [person for i, person in enumerate(self.people) if i % 3 != 2]
        for name, rows in (("north", north), ("south", south), ("orders", self.orders)):
            with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)

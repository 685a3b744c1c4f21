import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/** Loads a Cypher script twice into a Neo4j of its own, and counts. */
public class Load {
  public static void main(String[] files) throws Exception {
    try (Neo4j neo4j = Neo4jBuilders.newInProcessBuilder()
        .withDisabledServer()
        .build()) {
      GraphDatabaseService db = neo4j.defaultDatabaseService();
      for (int round = 1; round <= 2; round++) {
        for (String statement : statements(Files.readString(Path.of(files[0])))) run(db, statement);
        System.out.println("round " + round + ": "
            + count(db, "MATCH (n:Entity) RETURN count(n) AS n") + " things, "
            + count(db, "MATCH (:Entity)-[r]->(:Entity) RETURN count(r) AS n") + " links, "
            + count(db, "MATCH ()-[r]->() WHERE r.status <> 'asserted' RETURN count(r) AS n") + " of them not asserted");
      }
    }
  }

  /** Statements end at a ';' that stands at the end of a line outside a literal; ours never hold a line end. */
  static List<String> statements(String script) {
    List<String> out = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : script.split("\n")) {
      statement.append(line).append('\n');
      if (!line.endsWith(";")) continue;
      out.add(statement.substring(0, statement.lastIndexOf(";")));
      statement.setLength(0);
    }
    return out;
  }

  static void run(GraphDatabaseService db, String statement) {
    try (Transaction tx = db.beginTx()) {
      tx.execute(statement).resultAsString();
      tx.commit();
    }
  }

  static Object count(GraphDatabaseService db, String query) {
    try (Transaction tx = db.beginTx()) {
      return tx.execute(query).next().get("n");
    }
  }
}

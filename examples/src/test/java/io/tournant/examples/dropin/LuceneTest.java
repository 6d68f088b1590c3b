package io.tournant.examples.dropin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tournant.core.ExecutorStats;
import io.tournant.core.TaskHandle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lucene's {@code IndexSearcher(reader, executor)}: the slices of an index are searched by our tasks, and what they find is
 * what one thread finds. Direct is in: Lucene's searcher runs slices on the caller whenever nobody else takes them.
 */
class LuceneTest {

    private static final int SEGMENTS = 24;
    private static final int HITS = 50;

    private static Directory directory;
    private static DirectoryReader reader;
    private static Map<Query, List<String>> expected;

    /** One document for ten words of the list, some ten thousand in all, in a segment for each flush. */
    @BeforeAll
    static void index(@TempDir Path files) throws IOException {
        directory = new NIOFSDirectory(files);
        IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer()).setMergePolicy(NoMergePolicy.INSTANCE);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            List<List<String>> texts = Words.inPiecesOf(10);
            for (int i = 0; i < texts.size(); i++) {
                Document document = new Document();
                document.add(new StringField("first", texts.get(i).getFirst(), Store.YES));
                document.add(new TextField("text", String.join(" ", texts.get(i)), Store.NO));
                writer.addDocument(document);
                if (i % (texts.size() / SEGMENTS) == 0) {
                    writer.flush();
                }
            }
        }
        reader = DirectoryReader.open(directory);
        expected = queries(new IndexSearcher(reader));
    }

    @AfterAll
    static void close() throws IOException {
        reader.close();
        directory.close();
    }

    /** Terms, prefixes, mistyped words and pairs of those, with what one thread finds. */
    private static Map<Query, List<String>> queries(IndexSearcher sequential) throws IOException {
        Map<Query, List<String>> queries = new LinkedHashMap<>();
        for (int i = 0; i < Words.ALL.size(); i += 10_000) {
            String word = Words.ALL.get(i).toLowerCase(Locale.ROOT);
            Query term = new TermQuery(new Term("text", word));
            Query prefix = new PrefixQuery(new Term("text", word.substring(0, Math.min(2, word.length()))));
            Query mistyped = new FuzzyQuery(new Term("text", word));
            Query both = new BooleanQuery.Builder()
                    .add(term, Occur.SHOULD)
                    .add(prefix, Occur.MUST)
                    .build();
            for (Query query : List.of(term, prefix, mistyped, both)) {
                queries.put(query, scores(sequential.search(query, HITS)));
            }
        }
        return queries;
    }

    @ParameterizedTest
    @EnumSource
    void slicesFindWhatOneThreadFinds(Backend backend) throws Exception {
        ExecutorStats stats = backend.serve(executor -> {
            IndexSearcher sliced = new IndexSearcher(reader, executor);
            assertThat(sliced.getSlices()).hasSizeGreaterThan(3);
            for (Query query : expected.keySet()) {
                assertThat(scores(sliced.search(query, HITS))).as("%s", query).isEqualTo(expected.get(query));
            }
        });
        assertThat(stats.submitted()).isGreaterThanOrEqualTo(expected.size());
    }

    @ParameterizedTest
    @EnumSource
    void searchesThatAreTasksThemselvesShareTheExecutorWithTheirSlices(Backend backend) throws Exception {
        backend.serve(executor -> {
            IndexSearcher sliced = new IndexSearcher(reader, executor);
            Map<Query, TaskHandle<TopDocs>> searches = new LinkedHashMap<>();
            expected.keySet().forEach(query -> searches.put(query, executor.submit(() -> sliced.search(query, HITS))));
            for (Query query : expected.keySet()) {
                TopDocs found = searches.get(query).get(30, SECONDS);
                assertThat(scores(found)).as("%s", query).isEqualTo(expected.get(query));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFoundIsRead(Backend backend) throws Exception {
        backend.serve(executor -> {
            IndexSearcher sliced = new IndexSearcher(reader, executor);
            TopDocs found = sliced.search(new TermQuery(new Term("text", "aardvark")), 10);
            assertThat(found.scoreDocs).hasSizeBetween(1, 2);
            Document document = sliced.storedFields().document(found.scoreDocs[0].doc);
            List<String> text = Words.inPiecesOf(10).stream()
                    .filter(piece -> piece.getFirst().equals(document.get("first")))
                    .findFirst()
                    .orElseThrow();
            assertThat(text).anyMatch(word -> word.startsWith("aardvark"));
        });
    }

    private static List<String> scores(TopDocs found) {
        return Arrays.stream(found.scoreDocs).map(ScoreDoc::toString).toList();
    }
}

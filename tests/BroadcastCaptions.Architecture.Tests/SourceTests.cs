using System.Text.RegularExpressions;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Architecture.Tests;

/// <summary>The habits of the house that a compiler does not check.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;
    private const int LongestMedian = 80;

    private static readonly string[] Binary = [".wav", ".png", ".onnx", ".ico", ".gif", ".webp", ".flac", ".gz"];

    private static IEnumerable<string> Sources => TrackedFiles.All.Where(path =>
        path.EndsWith(".cs", StringComparison.Ordinal) && (path.StartsWith("src/", StringComparison.Ordinal) || path.StartsWith("tests/", StringComparison.Ordinal) || path.StartsWith("bench/", StringComparison.Ordinal)));

    [Fact]
    public void No_file_is_long_and_most_are_short()
    {
        var lengths = Sources.Select(path => (Lines: TrackedFiles.Read(path).Count(c => c == '\n'), path)).Order().ToArray();
        Assert.DoesNotContain(lengths, file => file.Lines > LongestFile);
        Assert.InRange(lengths[lengths.Length / 2].Lines, 1, LongestMedian);
    }

    [Fact]
    public void Namespaces_are_file_scoped() =>
        Assert.DoesNotContain(Sources, path => BlockNamespace().IsMatch(TrackedFiles.Read(path)));

    [Fact]
    public void No_file_names_a_registry_or_a_place_of_one_machine()
    {
        var found = TrackedFiles.All.Where(path => !Binary.Contains(Path.GetExtension(path)))
            .SelectMany(path => Forbidden().Matches(TrackedFiles.Read(path)).Select(match => $"{path}: {match.Value}"));
        Assert.Empty(found);
    }

    [Fact]
    public void No_stage_waits_for_a_task_by_blocking() => Assert.DoesNotContain(
        Sources, path => path.StartsWith("src/", StringComparison.Ordinal) && Blocking().IsMatch(TrackedFiles.Read(path)));

    [GeneratedRegex(@"^namespace [\w.]+\s*\{?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BlockNamespace();

    // The words are split so that this file does not name what it forbids.
    [GeneratedRegex(@"(registry\.npm" + @"js\.org|registry\.yarn" + @"pkg\.com|api\.nu" + @"get\.org|(?<![\w.~/$}])/wo" + @"rk/|/ro" + @"ot/)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\.Wait\(\)|\.GetAwaiter\(\)\.GetResult\(\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blocking();
}

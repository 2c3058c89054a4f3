using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Web;
using Microsoft.Extensions.Time.Testing;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Downloads that are interrupted, and servers that have something else by then, or no time.</summary>
public sealed class ResumeTests
{
    private static readonly byte[] Old = Bench.Bytes(1);
    private static readonly byte[] New = Bench.Bytes(2);

    [Fact]
    public async Task An_unpinned_file_goes_on_with_the_same_version_only()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Old) { CutAfter = 150_000, ETag = "\"v1\"" }, new Answer(Old) { ETag = "\"v1\"" });

        await bench.Store(Bench.Unpinned("a.onnx", bench.Web("a"))).EnsureAsync(Bench.Model);

        Assert.Equal([null, 150_000], bench.Server.Asked.Select(asked => asked.From));
        Assert.Equal("\"v1\"", bench.Server.Heads[^1].IfRange);
        Assert.Equal(Old, await File.ReadAllBytesAsync(bench.PathOf("models", Bench.Model, "a.onnx")));
        Assert.Equal(["a.onnx", "pins.json"], bench.FilesOf(Bench.Model));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_changed_between_two_attempts_is_never_mixed(bool ignoresIfRange)
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Old) { CutAfter = 150_000, ETag = "\"v1\"" }, new Answer(New) { ETag = "\"v2\"", IgnoresIfRange = ignoresIfRange });

        await bench.Store(Bench.Unpinned("a.onnx", bench.Web("a"))).EnsureAsync(Bench.Model);

        Assert.Equal(New, await File.ReadAllBytesAsync(bench.PathOf("models", Bench.Model, "a.onnx")));
    }

    [Fact]
    public async Task Where_the_server_gives_no_versions_an_unpinned_file_begins_anew()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Old) { CutAfter = 150_000 }, new Answer(New));

        await bench.Store(Bench.Unpinned("a.onnx", bench.Web("a"))).EnsureAsync(Bench.Model);

        Assert.Equal([null, null], bench.Server.Asked.Select(asked => asked.From));
        Assert.Equal(New, await File.ReadAllBytesAsync(bench.PathOf("models", Bench.Model, "a.onnx")));
    }

    [Fact]
    public async Task A_download_that_was_interrupted_after_its_last_byte_is_not_downloaded_again()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Old) { ETag = "\"v1\"", HeadStatus = 405 });
        Directory.CreateDirectory(bench.PathOf("models", Bench.Model));
        await File.WriteAllBytesAsync(bench.PathOf("models", Bench.Model, "a.onnx.part"), Old);
        await File.WriteAllTextAsync(bench.PathOf("models", Bench.Model, "a.onnx.part.etag"), "\"v1\"");
        var came = 0L;

        await bench.Store(Bench.Unpinned("a.onnx", bench.Web("a"))).EnsureAsync(Bench.Model, new Told(told => came = told.Done));

        Assert.Equal(0, came);
        Assert.Equal(Old.Length, Assert.Single(bench.Server.Asked).From);
        Assert.Equal(["a.onnx", "pins.json"], bench.FilesOf(Bench.Model));
    }

    [Fact]
    public async Task An_unpinned_file_of_an_unknown_length_that_is_cut_is_not_taken_for_whole()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Old[..100_000]) { ClaimedLength = Old.Length, HeadStatus = 405, IgnoresRange = true });

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store(Bench.Unpinned("a.onnx", bench.Web("a"))).EnsureAsync(Bench.Model));

        Assert.Contains("breaks off in the middle", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(bench.PathOf("models", Bench.Model, "a.onnx")));
    }

    [Fact]
    public async Task Who_brings_something_new_each_time_is_asked_as_often_as_it_takes()
    {
        await using var bench = new Bench();
        var large = Bench.Bytes(3, 3_000_000);
        bench.Server.On("a", [.. Enumerable.Repeat(new Answer(large) { CutAfter = 500_000 }, 5), new Answer(large)]);

        await bench.Store(Bench.File("a.onnx", large, bench.Web("a"))).EnsureAsync(Bench.Model);

        Assert.Equal(6, bench.Server.Asked.Count);
    }

    [Theory]
    [InlineData("Retry-After: 30")]
    [InlineData("Retry-After: Sat, 01 Jan 2000 00:00:30 GMT")] // the fake clock begins at that midnight
    public async Task A_busy_server_is_left_alone_as_long_as_it_asks(string line)
    {
        var time = new FakeTimeProvider();
        await using var bench = new Bench { Time = time };
        bench.Server.On("a", new Answer([]) { Status = 429, Head = [line] }, new Answer(Old));

        var ensured = bench.Store(Bench.File("a.onnx", Old, bench.Web("a"))).EnsureAsync(Bench.Model);
        for (var second = 0; second < 29; second++)
        {
            await Task.Delay(5);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(bench.Server.Asked);
        while (!ensured.IsCompleted)
        {
            await Task.Delay(5);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Old, await File.ReadAllBytesAsync(Path.Combine(await ensured, "a.onnx")));
    }

    [Fact]
    public async Task A_server_that_asks_for_too_much_patience_is_left_for_the_next()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer([]) { Status = 503, Head = ["Retry-After: 3600"] });

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store(Bench.File("a.onnx", Old, bench.Web("a"))).EnsureAsync(Bench.Model));

        Assert.Contains("answers 503 and asks to be left alone for 3600 s", failure.Message, StringComparison.Ordinal);
        Assert.Single(bench.Server.Asked);
    }

    [Fact]
    public void Pauses_double_and_no_two_clients_pause_alike()
    {
        var settings = new DownloadSettings();
        var pauses = Enumerable.Range(0, 50).Select(_ => settings.PauseAfter(3, new SourceException(""))).ToList();
        Assert.All(pauses, pause => Assert.InRange(pause.TotalSeconds, 1, 3));
        Assert.True(pauses.Distinct().Count() > 40);
    }
}

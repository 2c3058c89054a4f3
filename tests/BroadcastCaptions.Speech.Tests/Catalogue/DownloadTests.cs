using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Web;
using Microsoft.Extensions.Time.Testing;

namespace BroadcastCaptions.Speech.Catalogue;

public sealed class DownloadTests
{
    private static readonly byte[] Good = Bench.Bytes(1);
    private static readonly byte[] Other = Bench.Bytes(2);

    [Fact]
    public async Task A_model_comes_from_its_web_home_and_only_whole_files_stay()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Good));
        var told = new List<DownloadProgress>();

        var folder = await bench.Store(Bench.File("a.onnx", Good, bench.Web("a"))).EnsureAsync(Bench.Model, new Told(told.Add));

        Assert.Equal(Good, await File.ReadAllBytesAsync(Path.Combine(folder, "a.onnx")));
        Assert.Equal(["a.onnx"], bench.FilesOf(Bench.Model));
        Assert.Equal(new DownloadProgress(Bench.Model, "a.onnx", Good.Length, Good.Length, "127.0.0.1"), told[^1]);
        Assert.Equal(told.Select(progress => progress.Done).Order(), told.Select(progress => progress.Done));
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_was()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Good) { CutAfter = 150_000 }, new Answer(Good));

        await EnsureAsync(bench);

        Assert.Equal([new Asked("a", null), new Asked("a", 150_000)], bench.Server.Asked);
    }

    [Fact]
    public async Task A_download_that_stands_still_is_asked_again()
    {
        var time = new FakeTimeProvider();
        await using var bench = new Bench { Time = time };
        bench.Server.On("a", new Answer(Good) { CutAfter = 150_000, Stalls = true }, new Answer(Good));
        var came = 0L;

        var ensured = bench.Store(Bench.File("a.onnx", Good, bench.Web("a"))).EnsureAsync(Bench.Model, new Told(told => came = told.Done));
        while (!ensured.IsCompleted)
        {
            await Task.Delay(5);
            if (Volatile.Read(ref came) == 150_000 && bench.Server.Asked.Count == 1) time.Advance(Bench.Stall / 10);
        }

        Assert.Equal(Good, await File.ReadAllBytesAsync(Path.Combine(await ensured, "a.onnx")));
        Assert.Equal([new Asked("a", null), new Asked("a", 150_000)], bench.Server.Asked);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_gives_it_all_again()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Good) { CutAfter = 150_000 }, new Answer(Good) { IgnoresRange = true });

        await EnsureAsync(bench);

        Assert.Equal(2, bench.Server.Asked.Count);
    }

    [Fact]
    public async Task A_redirect_is_followed()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer([]) { Status = 302, Location = bench.Server.Address("b") });
        bench.Server.On("b", new Answer(Good));

        await EnsureAsync(bench);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_home_that_refuses_is_left_for_the_next_at_once(int status)
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Good) { Status = status });
        bench.Server.On("second", new Answer(Good));

        await EnsureAsync(bench, "a", "second");

        Assert.Equal(["a", "second"], bench.Server.Asked.Select(asked => asked.Path));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_home_that_is_busy_is_asked_some_times_before_the_next(int status)
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Good) { Status = status });
        bench.Server.On("second", new Answer(Good));

        await EnsureAsync(bench, "a", "second");

        Assert.Equal(["a", "a", "a", "second"], bench.Server.Asked.Select(asked => asked.Path));
    }

    [Fact]
    public async Task Wrong_bytes_are_not_taken()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Other));
        bench.Server.On("second", new Answer(Good));

        await EnsureAsync(bench, "a", "second");
    }

    [Fact]
    public async Task A_file_of_another_size_is_refused_before_it_is_downloaded()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Bench.Bytes(3, 500_000)));
        bench.Server.On("second", new Answer(Good));
        var told = new List<DownloadProgress>();

        await bench.Store(Bench.File("a.onnx", Good, bench.Web("a"), bench.Web("second"))).EnsureAsync(Bench.Model, new Told(told.Add));

        Assert.All(told, progress => Assert.InRange(progress.Done, 0, Good.Length));
        Assert.Equal(["a", "second"], bench.Server.Asked.Select(asked => asked.Path));
    }

    [Fact]
    public async Task A_server_that_promises_more_than_it_gives_is_left_in_the_end()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Good[..100_000]) { ClaimedLength = Good.Length, IgnoresRange = true });
        bench.Server.On("second", new Answer(Good));

        await EnsureAsync(bench, "a", "second");

        Assert.Equal(["a", "a", "a", "second"], bench.Server.Asked.Select(asked => asked.Path));
    }

    [Fact]
    public async Task Cancelled_it_keeps_what_came_and_goes_on_the_next_time()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Good) { CutAfter = 150_000, Stalls = true }, new Answer(Good));
        using var cancellation = new CancellationTokenSource();
        var store = bench.Store(Bench.File("a.onnx", Good, bench.Web("a")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.EnsureAsync(
            Bench.Model, new Told(progress => { if (progress.Done == 150_000) cancellation.Cancel(); }), cancellation.Token));
        Assert.Equal(["a.onnx.part"], bench.FilesOf(Bench.Model));
        Assert.Equal(InstallState.Partial, store.List()[0].State);

        await store.EnsureAsync(Bench.Model);
        Assert.Equal([new Asked("a", null), new Asked("a", 150_000)], bench.Server.Asked);
    }

    [Fact]
    public async Task A_partial_file_with_wrong_bytes_does_not_speak_against_the_server()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Good));
        Directory.CreateDirectory(bench.PathOf("models", Bench.Model));
        await File.WriteAllBytesAsync(bench.PathOf("models", Bench.Model, "a.onnx.part"), Other[..1000]);

        await EnsureAsync(bench);

        Assert.Equal([new Asked("a", 1000), new Asked("a", null)], bench.Server.Asked);
    }

    [Fact]
    public async Task A_home_out_of_reach_is_asked_once_for_all_files()
    {
        var handler = new Unreachable();
        await using var bench = new Bench { Http = new HttpClient(handler) };
        var far = new FileSource(Url: new Uri("http://far.invalid/x"));

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store(
            Bench.File("a.onnx", Good, far, Bench.InPackage("a"), far)).EnsureAsync(Bench.Model));

        Assert.Equal(1, handler.Calls);
        Assert.Equal("a.onnx of toy cannot be downloaded: far.invalid cannot be reached; npm is not installed; far.invalid cannot be reached.", failure.Message);
        Assert.Contains("captions models pull toy", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_will_not_fit_is_not_begun()
    {
        await using var bench = new Bench { FreeBytes = 399_999 };
        bench.Server.On("a", new Answer(Good));

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => EnsureAsync(bench));

        Assert.Contains("needs 0.4 MB", failure.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Server.Asked);
    }

    [Fact]
    public async Task Two_at_once_download_once()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(Good));

        await Task.WhenAll(EnsureAsync(bench), EnsureAsync(bench), EnsureAsync(bench));

        Assert.Single(bench.Server.Asked);
    }

    private static async Task EnsureAsync(Bench bench, params string[] homes)
    {
        FileSource[] sources = homes.Length == 0 ? [bench.Web("a")] : [.. homes.Select(bench.Web)];
        var folder = await bench.Store(Bench.File("a.onnx", Good, sources)).EnsureAsync(Bench.Model);
        Assert.Equal(Good, await File.ReadAllBytesAsync(Path.Combine(folder, "a.onnx")));
        Assert.Equal(["a.onnx"], bench.FilesOf(Bench.Model));
    }

    private sealed class Unreachable : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            return Task.FromException<HttpResponseMessage>(new HttpRequestException("no such host"));
        }
    }
}

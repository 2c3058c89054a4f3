using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Web;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>HF_ENDPOINT, HF_TOKEN, and where the token must never go.</summary>
public sealed class HubAccessTests
{
    private static readonly byte[] Good = Bench.Bytes(1, 5000);
    private static readonly FileSource OnTheHub = new(Url: new Uri("https://huggingface.co/openai/toy/resolve/main/a"));

    [Fact]
    public async Task A_mirror_stands_in_the_place_of_the_hub_and_gets_the_token()
    {
        await using var mirror = new LoopbackServer();
        await using var bench = new Bench { Hub = new HubAccess(mirror.Address("mirror"), "secret") };
        mirror.On("mirror/openai/toy/resolve/main/a", new Answer(Good));
        bench.Server.On("b", new Answer(Good));
        var told = new List<DownloadProgress>();

        await bench.Store(Bench.File("a.onnx", Good, OnTheHub), Bench.File("b.onnx", Good, bench.Web("b"))).EnsureAsync(Bench.Model, new Told(progress => { lock (told) told.Add(progress); }));

        Assert.Equal("Bearer secret", Assert.Single(mirror.Heads).Authorization);
        Assert.Null(Assert.Single(bench.Server.Heads).Authorization);
        Assert.All(told, progress => Assert.Equal("127.0.0.1", progress.Source));
    }

    [Fact]
    public async Task A_redirect_carries_the_token_on_the_same_host_only()
    {
        await using var hub = new LoopbackServer();
        await using var store = new LoopbackServer();
        await using var bench = new Bench { Hub = new HubAccess(hub.Address(""), "secret") };
        hub.On("openai/toy/resolve/main/a", new Answer([]) { Status = 307, Location = hub.Address("cache/a") });
        hub.On("cache/a", new Answer([]) { Status = 302, Location = store.Address("blob") });
        store.On("blob", new Answer(Good));

        await bench.Store(Bench.File("a.onnx", Good, OnTheHub)).EnsureAsync(Bench.Model);

        Assert.Equal([("openai/toy/resolve/main/a", "Bearer secret"), ("cache/a", "Bearer secret")], hub.Heads.Select(head => (head.Path, head.Authorization)));
        Assert.Equal([("blob", null)], store.Heads.Select(head => (head.Path, head.Authorization)));
    }

    [Theory]
    [InlineData("https://huggingface.co/x", true)]
    [InlineData("http://huggingface.co/x", false)]
    [InlineData("https://cdn-lfs.huggingface.co/x", false)]
    [InlineData("https://huggingface.co:8443/x", false)]
    [InlineData("https://example.org/x", false)]
    public void The_token_goes_to_the_hub_over_https_and_nowhere_else(string address, bool goes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        new HubAccess(null, "secret").Authorize(request);
        Assert.Equal(goes, request.Headers.Authorization is not null);
    }

    [Fact]
    public void A_mirror_without_https_elsewhere_gets_no_token()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://mirror.example/x");
        new HubAccess(new Uri("http://mirror.example"), "secret").Authorize(request);
        Assert.Null(request.Headers.Authorization);
    }

    [Fact]
    public async Task Where_an_account_is_wanted_the_way_is_said_and_the_token_is_not()
    {
        await using var mirror = new LoopbackServer();
        await using var bench = new Bench { Hub = new HubAccess(mirror.Address(""), "secret") };
        mirror.On("openai/toy/resolve/main/a", new Answer([]) { Status = 401 });

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store(Bench.File("a.onnx", Good, OnTheHub)).EnsureAsync(Bench.Model));

        Assert.Contains("answers 401: it opens to the token of an account that may read it, in HF_TOKEN", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_without_end_and_out_of_the_web_are_refused()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer([]) { Status = 302, Location = bench.Server.Address("a") });
        bench.Server.On("file", new Answer([]) { Status = 302, Location = new Uri("file:///etc/hostname") });

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store(Bench.File("a.onnx", Good, bench.Web("a"), bench.Web("file"))).EnsureAsync(Bench.Model));

        Assert.Contains("redirects without end; 127.0.0.1 redirects to an address that is not safe", failure.Message, StringComparison.Ordinal);
    }
}

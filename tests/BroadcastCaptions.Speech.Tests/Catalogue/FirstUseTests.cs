using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Web;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>Files that the catalogue does not pin: what comes first is recorded, and held to.</summary>
public sealed class FirstUseTests
{
    private static readonly byte[] First = Bench.Bytes(1, 5000);
    private static readonly byte[] Other = Bench.Bytes(2, 5000);

    [Fact]
    public async Task What_came_first_is_recorded_and_verified_from_then_on()
    {
        await using var bench = await InstalledAsync();
        var path = bench.PathOf("models", Bench.Model, "onnx", "a.onnx");
        var whole = await StoreOf(bench).VerifyAsync(Bench.Model);
        await File.WriteAllBytesAsync(path, Other);
        var flipped = await StoreOf(bench).VerifyAsync(Bench.Model);

        Assert.Equal((InstallState.Installed, true), (whole[0].State, whole[0].IsVerified));
        Assert.Equal((InstallState.Damaged, false), (flipped[0].State, flipped[0].IsVerified));
        Assert.Contains(Bench.Sha256(First), await File.ReadAllTextAsync(bench.PathOf("models", Bench.Model, "pins.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_bytes_at_a_later_pull_are_refused_until_the_model_is_removed()
    {
        await using var bench = await InstalledAsync();
        await File.WriteAllBytesAsync(bench.PathOf("models", Bench.Model, "onnx", "a.onnx"), Other);
        bench.Server.On("a", new Answer(Other));

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => StoreOf(bench).RepairAsync(Bench.Model));
        await StoreOf(bench).RemoveAsync(Bench.Model);
        await StoreOf(bench).EnsureAsync(Bench.Model);

        Assert.Contains("other bytes than were recorded at the first pull", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Other, await File.ReadAllBytesAsync(bench.PathOf("models", Bench.Model, "onnx", "a.onnx")));
    }

    [Fact]
    public async Task Where_the_hub_says_a_SHA_256_on_the_way_what_comes_must_have_it()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer([]) { Status = 302, Location = bench.Server.Address("store"), Head = [$"X-Linked-Etag: \"{Bench.Sha256(First)}\"", "X-Linked-Size: 5000"] });
        bench.Server.On("store", new Answer(Other));

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => StoreOf(bench).EnsureAsync(Bench.Model));

        Assert.Contains("gives other bytes than its own SHA-256 says", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.PathOf("models", Bench.Model)));
    }

    [Fact]
    public async Task The_server_is_asked_for_sizes_before_the_disk_is()
    {
        await using var bench = new Bench { FreeBytes = 4999 };
        bench.Server.On("a", new Answer(First));

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => StoreOf(bench).EnsureAsync(Bench.Model));

        Assert.Contains("where 0.0 MB are free", failure.Message, StringComparison.Ordinal);
        Assert.Equal("HEAD", Assert.Single(bench.Server.Heads).Method);
    }

    [Theory]
    [InlineData(404, null)]
    [InlineData(404, 405)]
    public async Task An_optional_file_that_the_home_has_not_is_not_waited_for(int status, int? head)
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(First));
        bench.Server.On("a_data", new Answer([]) { Status = status, HeadStatus = head });
        var store = bench.Store(Bench.Unpinned("a.onnx", bench.Web("a")), Bench.Unpinned("a.onnx_data", bench.Web("a_data")) with { Optional = true });

        await store.EnsureAsync(Bench.Model);
        var asked = bench.Server.Heads.Count;
        await store.EnsureAsync(Bench.Model);

        Assert.Equal(InstallState.Installed, store.List()[0].State);
        Assert.Equal(asked, bench.Server.Heads.Count);
    }

    [Fact]
    public async Task An_optional_file_that_the_home_has_comes_too()
    {
        await using var bench = new Bench();
        bench.Server.On("a", new Answer(First));
        bench.Server.On("a_data", new Answer(Other));

        await bench.Store(Bench.Unpinned("a.onnx", bench.Web("a")), Bench.Unpinned("a.onnx_data", bench.Web("a_data")) with { Optional = true }).EnsureAsync(Bench.Model);

        Assert.Equal(["a.onnx", "a.onnx_data", "pins.json"], bench.FilesOf(Bench.Model));
    }

    [Fact]
    public async Task Removing_leaves_what_is_not_ours()
    {
        await using var bench = await InstalledAsync();
        var notes = bench.PathOf("models", Bench.Model, "onnx", "notes.txt");
        await File.WriteAllTextAsync(notes, "mine");

        var removal = await StoreOf(bench).RemoveAsync(Bench.Model);

        Assert.Equal([notes], removal.Left);
        Assert.Equal([notes], Directory.GetFiles(bench.PathOf("models", Bench.Model), "*", SearchOption.AllDirectories));
        Assert.True(removal.Freed > First.Length);
    }

    private static async Task<Bench> InstalledAsync()
    {
        var bench = new Bench();
        bench.Server.On("a", new Answer(First));
        await StoreOf(bench).EnsureAsync(Bench.Model);
        return bench;
    }

    private static ModelStore StoreOf(Bench bench) => bench.Store(Bench.Unpinned("onnx/a.onnx", bench.Web("a")));
}

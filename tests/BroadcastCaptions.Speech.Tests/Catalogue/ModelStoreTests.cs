using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Web;

namespace BroadcastCaptions.Speech.Catalogue;

public sealed class ModelStoreTests
{
    private static readonly byte[] First = Bench.Bytes(1, 5000);
    private static readonly byte[] Second = Bench.Bytes(2, 6000);

    [Fact]
    public async Task Installed_it_needs_no_network()
    {
        await using var bench = new Bench();
        await InstalledAsync(bench);
        var asked = bench.Server.Asked.Count;

        await Store(bench, offline: true).EnsureAsync(Bench.Model);
        await Store(bench, offline: true).RepairAsync(Bench.Model);

        Assert.Equal(asked, bench.Server.Asked.Count);
    }

    [Fact]
    public async Task Offline_it_says_how_to_get_the_model()
    {
        await using var bench = new Bench();

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => Store(bench, offline: true).EnsureAsync(Bench.Model));

        Assert.Equal("The model toy is not on this machine, and --offline forbids fetching it.", failure.Message);
        Assert.Contains("\"captions models pull toy\"", failure.Remedy, StringComparison.Ordinal);
        Assert.Empty(bench.Server.Asked);
    }

    [Fact]
    public async Task A_truncated_file_is_replaced_at_the_next_start()
    {
        await using var bench = new Bench();
        var folder = await InstalledAsync(bench);
        await File.WriteAllBytesAsync(Path.Combine(folder, "a.onnx"), First[..10]);
        Assert.Equal(InstallState.Damaged, Store(bench).List()[0].State);

        var offline = await Assert.ThrowsAsync<CaptionsException>(() => Store(bench, offline: true).EnsureAsync(Bench.Model));
        await Store(bench).EnsureAsync(Bench.Model);

        Assert.Contains("a.onnx is damaged", offline.Message, StringComparison.Ordinal);
        Assert.Equal(First, await File.ReadAllBytesAsync(Path.Combine(folder, "a.onnx")));
    }

    [Fact]
    public async Task A_file_with_flipped_bits_is_found_by_verify_named_when_it_does_not_load_and_mended_by_repair()
    {
        await using var bench = new Bench();
        var path = Path.Combine(await InstalledAsync(bench), "b.onnx");
        await File.WriteAllBytesAsync(path, Bench.Bytes(9, Second.Length));
        var store = Store(bench);

        var states = await store.VerifyAsync(Bench.Model);
        var explained = await store.ExplainAsync(Bench.Model, new InvalidDataException("protobuf"));
        var offline = await Assert.ThrowsAsync<CaptionsException>(() => Store(bench, offline: true).RepairAsync(Bench.Model));
        Assert.True(File.Exists(path));
        await store.RepairAsync(Bench.Model);

        Assert.Equal([InstallState.Installed, InstallState.Damaged], states.Select(file => file.State));
        Assert.Equal($"The model file {path} is damaged.", explained.Message);
        Assert.Equal("Run \"captions models pull toy --force\".", explained.Remedy);
        Assert.Contains("--offline forbids", offline.Message, StringComparison.Ordinal);
        Assert.Equal(Second, await File.ReadAllBytesAsync(path));
        Assert.Equal(["a", "b", "b"], bench.Server.Asked.Select(asked => asked.Path).Order());
    }

    [Fact]
    public async Task A_whole_model_that_does_not_load_is_not_called_damaged()
    {
        await using var bench = new Bench();
        await InstalledAsync(bench);

        var explained = await Store(bench).ExplainAsync(Bench.Model, new InvalidOperationException("no such operator."));

        Assert.Equal("The model toy does not load, though its files are whole (no such operator).", explained.Message);
    }

    [Fact]
    public async Task The_list_tells_what_is_here_and_remove_frees_it()
    {
        await using var bench = new Bench();
        var store = Store(bench);
        var before = store.List()[0].State;
        var folder = await InstalledAsync(bench);
        var installed = store.List()[0];

        var freed = await store.RemoveAsync(Bench.Model);

        Assert.Equal((InstallState.Missing, InstallState.Installed, 11_000L, folder), (before, installed.State, installed.Present, installed.Folder));
        Assert.Equal(11_000, freed.Freed);
        Assert.Empty(freed.Left);
        Assert.False(Directory.Exists(folder));
        Assert.Equal(0, (await store.RemoveAsync(Bench.Model)).Freed);
    }

    [Fact]
    public async Task Rewritten_graphs_go_with_the_model_wherever_they_lie()
    {
        await using var bench = new Bench();
        var folder = await InstalledAsync(bench);
        foreach (var place in new[] { "rewritten", Path.Combine("onnx", "rewritten") })
        {
            Directory.CreateDirectory(Path.Combine(folder, place, "hash-v1"));
            File.WriteAllText(Path.Combine(folder, place, "hash-v1", "encoder.onnx"), "ours");
        }

        var freed = await Store(bench).RemoveAsync(Bench.Model);

        Assert.Empty(freed.Left);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_the_known_ones()
    {
        await using var bench = new Bench();

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => Store(bench).EnsureAsync("tyo"));

        Assert.Equal(("There is no model named \"tyo\".", "Choose one of toy.", ExitCode.Usage), (failure.Message, failure.Remedy, failure.Code));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await using var bench = new Bench();
        await File.WriteAllTextAsync(bench.PathOf("models"), "a file where the folder should be");

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => Store(bench).EnsureAsync(Bench.Model));

        Assert.StartsWith(bench.PathOf("models"), failure.Message, StringComparison.Ordinal);
        Assert.Contains("model.folder", failure.Remedy, StringComparison.Ordinal);
    }

    private static ModelStore Store(Bench bench, bool offline = false) => bench.Store(
        [Bench.Toy(Bench.Model, Bench.File("a.onnx", First, bench.Web("a")), Bench.File("b.onnx", Second, bench.Web("b")))], offline: offline);

    private static Task<string> InstalledAsync(Bench bench)
    {
        bench.Server.On("a", new Answer(First));
        bench.Server.On("b", new Answer(Second));
        return Store(bench).EnsureAsync(Bench.Model);
    }
}

using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Tests.Whisper;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Web;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>A disk that is full though it said it was not: somebody else filled it meanwhile.</summary>
public sealed class FullDiskTests
{
    private static readonly byte[] Large = Bench.Bytes(1, 400_000);

    [Fact]
    public async Task A_disk_that_fills_up_is_named_and_the_pull_goes_on_where_there_is_room()
    {
        await using var small = await SmallDisk.TryMountAsync();
        if (small is null) return; // we may not mount here
        await using var bench = new Bench(small.Path);
        bench.Server.On("a", new Answer(Large));

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store(Bench.File("a.onnx", Large, bench.Web("a"))).EnsureAsync(Bench.Model));

        Assert.Contains("a.onnx.part cannot be written", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Make room", failure.Remedy, StringComparison.Ordinal);
        Assert.False(File.Exists(bench.PathOf("models", Bench.Model, "a.onnx")));
        Assert.Equal(InstallState.Partial, bench.Store(Bench.File("a.onnx", Large, bench.Web("a"))).List()[0].State);
    }

    [Fact]
    public async Task An_import_that_does_not_fit_leaves_nothing()
    {
        await using var small = await SmallDisk.TryMountAsync();
        if (small is null) return;
        await using var bench = new Bench(small.Path);
        using var brought = new TemporaryFolder();
        new TinyWhisper(brought["whisper-toy"]).Write();
        await File.WriteAllBytesAsync(brought["whisper-toy", "encoder_model.onnx_data"], Large);

        var failure = await Assert.ThrowsAsync<CaptionsException>(() => bench.Store([]).ImportAsync(brought.Path));

        Assert.Contains("encoder_model.onnx", failure.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(bench.PathOf("models")));
    }
}

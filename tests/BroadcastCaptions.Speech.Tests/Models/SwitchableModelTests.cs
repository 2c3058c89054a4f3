using BroadcastCaptions.Speech.Models;

namespace BroadcastCaptions.Speech.Tests.Models;

public sealed class SwitchableModelTests : IDisposable
{
    private readonly Named _first = new("first");
    private readonly Named _second = new("second");

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void The_next_model_serves_from_the_next_segment_on_and_the_last_is_let_go()
    {
        using var model = new SwitchableModel(_first);
        Assert.Equal("first", Say(model));
        model.Replace(_second);
        Assert.False(_first.IsDisposed); // the loop may be in the middle of it
        Assert.Equal("second", Say(model));
        Assert.Equal((true, false), (_first.IsDisposed, _second.IsDisposed));
    }

    [Fact]
    public void One_that_was_never_asked_is_let_go_too()
    {
        var (model, third) = (new SwitchableModel(_first), new Named("third"));
        model.Replace(_second);
        model.Replace(third);
        Assert.True(_second.IsDisposed);
        model.Dispose();
        Assert.True(_first.IsDisposed && third.IsDisposed);
    }

    private static string Say(SwitchableModel model) => model.Recognize([], true, []).Words[0].Text;

    private sealed class Named(string name) : ISpeechModel
    {
        public bool IsDisposed { get; private set; }

        public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous) =>
            IsDisposed ? throw new ObjectDisposedException(name) : new([], [new ModelWord(name, 1, false)], "en");

        public void Dispose() => IsDisposed = true;
    }
}

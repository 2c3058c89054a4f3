using System.Globalization;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Models;

public sealed class YieldingModelTests
{
    private const double Patient = 60, Impatient = 0.02; // seconds

    private readonly Counter _hurried = new();

    [Fact]
    public void Answers_come_from_a_thread_that_works_only_where_nobody_else_wants_to()
    {
        using var model = Yielding(new Probe("first"), Patient);
        Assert.Equal("first", Say(model));
        if (OperatingSystem.IsLinux()) Assert.Equal(5, Policy); // SCHED_IDLE
        Assert.Equal(0, _hurried.Value);
    }

    [Fact]
    public void A_collection_on_that_thread_does_not_raise_it()
    {
        using var model = Yielding(new Probe("first") { Collects = true }, Patient);
        Assert.Equal("first", Say(model));
        if (OperatingSystem.IsLinux()) Assert.Equal(5, Policy); // SCHED_IDLE
    }

    [Fact]
    public void A_twin_answers_where_that_thread_gets_no_core_for_too_long()
    {
        using var core = new ManualResetEventSlim();
        using var twin = new Probe("twin");
        using var model = Yielding(new Probe("first") { Core = core }, Impatient, twin);
        Assert.Equal(["twin", "twin", "twin"], [Say(model), Say(model), Say(model)]); // asked once: the thread is still at it
        Assert.Equal(Environment.CurrentManagedThreadId, twin.Thread);
        Assert.Equal(1, _hurried.Value);
        core.Set();
    }

    [Fact]
    public async Task It_yields_again_after_a_while()
    {
        using var core = new ManualResetEventSlim();
        using var twin = new Probe("twin");
        using var model = Yielding(new Probe("first") { Core = core }, 1, twin);
        Assert.Equal("twin", Say(model));
        core.Set();
        await Wait.UntilAsync(() => Say(model) == "twin" && twin.Thread != Environment.CurrentManagedThreadId, Wait.Generous, "an answer from the other thread");
        Assert.Equal(1, _hurried.Value);
    }

    [Theory]
    [InlineData(16_000)]
    [InlineData(800)] // Whisper's window costs the same
    public async Task A_slow_model_is_given_the_time_that_it_needs(int length)
    {
        using var core = new ManualResetEventSlim();
        using var twin = new Probe("twin") { Takes = TimeSpan.FromSeconds(0.6) };
        using var model = Yielding(new Probe("first") { Core = core }, 0.3, twin);
        model.Recognize(new float[16_000], true, []);
        var samples = new float[length];
        core.Set();
        await Wait.UntilAsync(
            () => model.Recognize(samples, true, []).Words[0].Text == "twin" && twin.Thread != Environment.CurrentManagedThreadId, Wait.Generous, "an answer from the other thread");
        Assert.Equal(1, _hurried.Value);
    }

    [Fact]
    public void What_the_model_throws_reaches_the_caller()
    {
        using var model = Yielding(new Probe("first") { Failure = new InvalidDataException("broken") }, Patient);
        Assert.Equal("broken", Assert.Throws<InvalidDataException>(() => Say(model)).Message);
    }

    [Fact]
    public async Task Models_are_disposed_of_only_when_nobody_works_with_them()
    {
        using var core = new ManualResetEventSlim();
        var (first, twin) = (new Probe("first") { Core = core }, new Probe("twin"));
        var model = Yielding(first, Impatient, twin);
        Say(model);
        model.Dispose();
        Assert.False(first.IsDisposed || twin.IsDisposed);
        core.Set();
        await Wait.UntilAsync(() => first.IsDisposed && twin.IsDisposed, Wait.Generous, "the end of both");
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        using var model = Yielding(new Probe("first"), Patient);
        var samples = new float[16_000];
        for (var i = 0; i < 10; i++) model.Recognize(samples, true, []);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) model.Recognize(samples, true, []);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Policy { get; set; }

    private YieldingModel Yielding(Probe first, double patience, Probe? twin = null) =>
        new(first, () => twin ?? throw new InvalidOperationException("No twin was wanted."), _hurried, patience);

    private static string Say(YieldingModel model) => model.Recognize([], true, []).Words[0].Text;

    private sealed class Probe(string name) : ISpeechModel
    {
        private readonly ModelText _text = new([], [new ModelWord(name, 1, false)], "en");

        public ManualResetEventSlim? Core { get; init; }

        public TimeSpan Takes { get; init; }

        public bool Collects { get; init; }

        public Exception? Failure { get; init; }

        public int Thread { get; private set; }

        public bool IsDisposed { get; private set; }

        public ModelText Recognize(ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous)
        {
            Core?.Wait();
            System.Threading.Thread.Sleep(Takes);
            Thread = Environment.CurrentManagedThreadId;
            if (Collects) GC.Collect();
            if (samples.IsEmpty && OperatingSystem.IsLinux()) Policy = ReadPolicy();
            return Failure is null ? _text : throw Failure;
        }

        public void Dispose() => IsDisposed = true;

        private static int ReadPolicy()
        {
            var stat = File.ReadAllText("/proc/thread-self/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[38], CultureInfo.InvariantCulture); // the 41st field; man 5 proc
        }
    }
}

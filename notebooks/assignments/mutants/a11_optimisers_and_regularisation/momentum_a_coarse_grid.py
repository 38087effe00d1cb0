# replaces: best-momentum
# caught by: best-momentum-test
# says: 81/121
def best_momentum(curvatures, lr):
    best, least = None, 1.0
    for k in range(1000):
        momentum = k / 1000
        trace = 1 + momentum - lr * curvatures
        apart = (trace**2 - 4 * momentum).to(torch.complex128).sqrt()
        factor = torch.maximum((trace + apart).abs(), (trace - apart).abs()).max().item() / 2
        if factor < least - 1e-12:
            best, least = momentum, factor
    return best

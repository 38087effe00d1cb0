# replaces: adamax-step
# caught by: adamax-step-hidden
# says: not as torch.optim.Adamax
def adamax_step(theta, gradient, state, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
    beta1, beta2 = betas
    zero = torch.zeros_like(theta)
    step = state.get("step", 0) + 1
    m = beta1 * state.get("m", zero) + (1 - beta1) * gradient
    u = torch.maximum(beta2 * state.get("u", zero), gradient.abs())
    new = theta - lr / (1 - beta1**step) * m / (u + eps) - lr * weight_decay * theta
    return new, {"step": step, "m": m, "u": u}
